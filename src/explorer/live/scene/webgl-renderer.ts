// Draws the points with WebGL2: one buffer of positions, one of colours, one call for all points, one for the marked
// ones.
import type { PointCloud } from './point-cloud.ts';
import type { PointFrame } from './point-frame.ts';
import { fitCanvas, MARKED_LARGER, OTHERS_OPACITY, type PointRenderer } from './point-renderer.ts';
import { discShader, squareShader, vertexShader } from './shaders.ts';
import type { Color } from './theme.ts';
import { webglLabels } from './webgl-labels.ts';
import { attributes, pointProgram } from './webgl-program.ts';

/** Smaller points, in device pixels, are drawn as squares. */
const DISCS_FROM = 3;

/**
 * Undefined where the browser has no WebGL2, or only one without a graphics card and `inSoftware` is false. `lost` and
 * `restored`: the graphics card took the context away, and gave it back.
 */
export function webglRenderer(
  events: { lost(): void; restored(): void },
  { inSoftware }: { inSoftware: boolean },
): PointRenderer | undefined {
  const canvas = document.createElement('canvas');
  const gl = canvas.getContext('webgl2', {
    alpha: false,
    antialias: false,
    depth: true,
    stencil: false,
    preserveDrawingBuffer: false,
    powerPreference: 'high-performance',
    failIfMajorPerformanceCaveat: !inSoftware,
  });
  if (gl === null || (!inSoftware && isSoftware(gl))) return undefined;
  let cloud: PointCloud | undefined;
  let marked: PointCloud | undefined;
  let onCard = uploadAll();

  /** Everything that a lost context takes along. */
  function uploadAll() {
    const buffers = { all: bufferSet(gl!), marked: bufferSet(gl!) };
    if (cloud) buffers.all.upload(cloud);
    if (marked) buffers.marked.upload(marked);
    return {
      ...buffers,
      labels: webglLabels(gl!),
      squares: pointProgram(gl!, vertexShader, squareShader),
      discs: pointProgram(gl!, vertexShader, discShader),
    };
  }

  canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault(); // asks for it to be restored
    events.lost();
  });
  canvas.addEventListener('webglcontextrestored', () => {
    onCard = uploadAll();
    events.restored();
  });

  function drawSet(set: BufferSet, points: PointCloud, frame: PointFrame, size: number, opacity: number, own: Color) {
    const program = size * frame.ratio >= DISCS_FROM ? onCard.discs : onCard.squares;
    program.use({ ...frame, size: size * frame.ratio, opacity, fog: points.axes === 3 ? 1 : 0 });
    set.bind(points, own);
    gl!.drawArrays(gl!.POINTS, 0, Math.ceil(points.count * frame.share));
  }

  return {
    kind: 'webgl2',
    canvas,
    setCloud(points) {
      cloud = points;
      if (!gl.isContextLost()) onCard.all.upload(points);
    },
    setMarked(points) {
      marked = points;
      if (points && !gl.isContextLost()) onCard.marked.upload(points);
    },
    draw(frame) {
      if (gl.isContextLost()) return;
      fitCanvas(canvas, frame.viewport, frame.ratio);
      gl.viewport(0, 0, canvas.width, canvas.height);
      const { panel, point, marked: markedColor } = frame.theme;
      gl.clearColor(panel[0] / 255, panel[1] / 255, panel[2] / 255, 1);
      const deep = cloud?.axes === 3;
      gl.clear(deep ? gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT : gl.COLOR_BUFFER_BIT);
      if (cloud === undefined) return;
      // Of three axes, near points hide far ones; of two, points let those below shine through.
      if (deep) gl.enable(gl.DEPTH_TEST);
      else gl.disable(gl.DEPTH_TEST);
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
      const opacity = (deep ? 1 : frame.opacity) * (marked ? OTHERS_OPACITY : 1);
      drawSet(onCard.all, cloud, frame, frame.size, opacity, point);
      if (marked === undefined) return;
      gl.clear(gl.DEPTH_BUFFER_BIT);
      drawSet(onCard.marked, marked, { ...frame, share: 1 }, frame.size + MARKED_LARGER, 1, markedColor);
    },
    drawLabels(sprites) {
      if (!gl.isContextLost()) onCard.labels.draw(sprites);
    },
    dispose() {
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}

type BufferSet = ReturnType<typeof bufferSet>;

function bufferSet(gl: WebGL2RenderingContext) {
  const [before, position, color] = [gl.createBuffer(), gl.createBuffer(), gl.createBuffer()];
  let sent: PointCloud | undefined;
  const send = (buffer: WebGLBuffer | null, data: Float32Array | Uint8Array) => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, data as Float32Array<ArrayBuffer>, gl.STATIC_DRAW);
  };
  const attribute = (index: number, buffer: WebGLBuffer | null, width: number, type: number) => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(index);
    gl.vertexAttribPointer(index, width, type, type === gl.UNSIGNED_BYTE, 0, 0);
  };
  return {
    /** Sends what differs from what was sent before. */
    upload(points: PointCloud): void {
      if (points.to !== sent?.to) send(position, points.to);
      if (points.from && points.from !== sent?.from) send(before, points.from);
      if (points.colors && points.colors !== sent?.colors) send(color, points.colors);
      sent = points;
    },
    bind(points: PointCloud, own: Color): void {
      attribute(attributes.position, position, points.axes, gl.FLOAT);
      if (points.from) attribute(attributes.before, before, 3, gl.FLOAT);
      else gl.disableVertexAttribArray(attributes.before);
      if (points.colors) attribute(attributes.color, color, 4, gl.UNSIGNED_BYTE);
      else gl.disableVertexAttribArray(attributes.color);
      gl.vertexAttrib4f(attributes.color, own[0] / 255, own[1] / 255, own[2] / 255, 1);
    },
  };
}

/** Renderers that compute on the processor, by the names they give; not every browser reports them as slow. */
function isSoftware(gl: WebGL2RenderingContext): boolean {
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);
}
