// A compiled program of shaders and its uniforms.
import type { PointFrame } from './point-frame.ts';

export interface PointProgram {
  /** `size` in device pixels; `fog` 1 for maps of three axes, else 0. */
  use(values: PointFrame & { fog: number }): void;
}

/** Attributes of a point, at the places that the vertex shader gives them. */
export const attributes = { position: 0, before: 1, color: 2 } as const;

export function linkedProgram(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`The shaders do not compile: ${gl.getProgramInfoLog(program)}`);
  }
  return program;
}

export function pointProgram(gl: WebGL2RenderingContext, vertex: string, fragment: string): PointProgram {
  const program = linkedProgram(gl, vertex, fragment);
  const uniform = Object.fromEntries(
    ['matrix', 'moved', 'size', 'fog', 'panel', 'opacity'].map((name) => [name, gl.getUniformLocation(program, name)]),
  );
  return {
    use({ matrix, moved, size, fog, opacity, theme: { panel } }) {
      gl.useProgram(program);
      gl.uniformMatrix4fv(uniform.matrix!, false, Float32Array.from(matrix));
      gl.uniform1f(uniform.moved!, moved);
      gl.uniform1f(uniform.size!, size);
      gl.uniform1f(uniform.fog!, fog);
      gl.uniform3f(uniform.panel!, panel[0] / 255, panel[1] / 255, panel[2] / 255);
      gl.uniform1f(uniform.opacity!, opacity);
    },
  };
}
