// The shaders of the WebGL2 renderer. One program for two and three axes: of two, w is 1 and nothing is far.

/** Far points are drawn smaller, and their colour goes over into the background's (fog). */
export const vertexShader = `#version 300 es
layout(location = 0) in vec3 position;
layout(location = 1) in vec3 before;
layout(location = 2) in vec4 color;
uniform mat4 matrix;
uniform float moved;
uniform float size;
uniform float fog;
uniform vec3 panel;
uniform float opacity;
flat out vec4 shade;
flat out float radius;
void main() {
  gl_Position = matrix * vec4(mix(before, position, moved), 1.0);
  float w = gl_Position.w;
  float diameter = clamp(size / w, 1.0, 40.0);
  gl_PointSize = diameter;
  radius = 0.5 * diameter;
  shade = vec4(mix(color.rgb, panel, fog * clamp(0.3 + (w - 1.0), 0.0, 0.8)), opacity);
}`;

/** Points of a pixel or two: no one sees their corners, and a software renderer is much faster without discs. */
export const squareShader = `#version 300 es
precision mediump float;
flat in vec4 shade;
flat in float radius;
out vec4 pixel;
void main() { pixel = shade; }`;

/** Discs with a soft edge of one pixel. */
export const discShader = `#version 300 es
precision mediump float;
flat in vec4 shade;
flat in float radius;
out vec4 pixel;
void main() {
  float inside = radius - length(gl_PointCoord - 0.5) * 2.0 * radius + 0.5;
  if (inside <= 0.0) discard;
  pixel = vec4(shade.rgb, shade.a * min(inside, 1.0));
}`;
