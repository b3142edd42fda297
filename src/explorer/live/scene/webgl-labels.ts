// Draws labels with WebGL2 while the picture moves: each text once into a texture (an atlas), then one rectangle a
// label. A second canvas above the points would cost a software renderer more than a hundred thousand points do.
import type { PlacedSprite } from './label-sprites.ts';
import { linkedProgram } from './webgl-program.ts';

/** Pixels on each side of the atlas. */
const SIDE = 2048;
/** Numbers a label: where it is (left, top, width, height), where its text is in the atlas (left, top), its opacity. */
const NUMBERS = 7;

const vertexShader = `#version 300 es
layout(location = 0) in vec4 box;
layout(location = 1) in vec3 source;
uniform vec2 picture;
out vec2 texel;
flat out float opacity;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 pixel = box.xy + corner * box.zw;
  gl_Position = vec4(2.0 * pixel.x / picture.x - 1.0, 1.0 - 2.0 * pixel.y / picture.y, 0.0, 1.0);
  texel = source.xy + corner * box.zw;
  opacity = source.z;
}`;

const fragmentShader = `#version 300 es
precision highp float;
uniform sampler2D atlas;
in vec2 texel;
flat in float opacity;
out vec4 pixel;
void main() { pixel = texelFetch(atlas, ivec2(texel), 0) * opacity; }`;

export interface WebglLabels {
  draw(sprites: readonly PlacedSprite[]): void;
}

export function webglLabels(gl: WebGL2RenderingContext): WebglLabels {
  const program = linkedProgram(gl, vertexShader, fragmentShader);
  const picture = gl.getUniformLocation(program, 'picture');
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, SIDE, SIDE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  const state = gl.createVertexArray();
  const boxes = gl.createBuffer();
  gl.bindVertexArray(state);
  gl.bindBuffer(gl.ARRAY_BUFFER, boxes);
  for (const [place, width, offset] of [
    [0, 4, 0],
    [1, 3, 16],
  ] as const) {
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, width, gl.FLOAT, false, NUMBERS * 4, offset);
    gl.vertexAttribDivisor(place, 1);
  }
  gl.bindVertexArray(null);

  let places = new Map<HTMLCanvasElement, { x: number; y: number }>();
  let next = { x: 0, y: 0, height: 0 };

  /** Where a text is in the atlas, in shelves from the top; a full atlas starts anew. */
  function placeOf(canvas: HTMLCanvasElement): { x: number; y: number } {
    const known = places.get(canvas);
    if (known) return known;
    if (next.x + canvas.width > SIDE) next = { x: 0, y: next.y + next.height, height: 0 };
    if (next.y + canvas.height > SIDE) {
      places = new Map();
      next = { x: 0, y: 0, height: 0 };
    }
    const place = { x: next.x, y: next.y };
    next = { x: next.x + canvas.width, y: next.y, height: Math.max(next.height, canvas.height) };
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, place.x, place.y, gl.RGBA, gl.UNSIGNED_BYTE, canvas);
    places.set(canvas, place);
    return place;
  }

  return {
    draw(sprites) {
      if (sprites.length === 0) return;
      gl.bindTexture(gl.TEXTURE_2D, texture);
      const numbers = new Float32Array(sprites.length * NUMBERS);
      for (const [at, { canvas, x, y, opacity }] of sprites.entries()) {
        const source = placeOf(canvas);
        numbers.set([x, y, canvas.width, canvas.height, source.x, source.y, opacity], at * NUMBERS);
      }
      gl.useProgram(program);
      gl.uniform2f(picture, gl.drawingBufferWidth, gl.drawingBufferHeight);
      gl.bindVertexArray(state);
      gl.bindBuffer(gl.ARRAY_BUFFER, boxes);
      gl.bufferData(gl.ARRAY_BUFFER, numbers, gl.STREAM_DRAW);
      gl.disable(gl.DEPTH_TEST);
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, sprites.length);
      gl.bindVertexArray(null);
    },
  };
}
