// Draws the points without WebGL2: into an array of pixels, which then goes onto a Canvas 2D. At rest it draws every
// point, too.
import type { PointCloud } from './point-cloud.ts';
import type { PointFrame } from './point-frame.ts';
import { fitCanvas, MARKED_LARGER, OTHERS_OPACITY, type PointRenderer } from './point-renderer.ts';
import { clearRaster, drawPoints, type Raster } from './raster.ts';

export function canvasRenderer(): PointRenderer {
  const canvas = document.createElement('canvas');
  // Kept in main memory, where the pixels are written.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })!;
  let cloud: PointCloud | undefined;
  let marked: PointCloud | undefined;
  let picture: { image: ImageData; raster: Raster } | undefined;

  function fitted(frame: PointFrame) {
    fitCanvas(canvas, frame.viewport, frame.ratio);
    const { width, height } = canvas;
    if (picture?.raster.width !== width || picture.raster.height !== height) {
      const image = context.createImageData(width, height);
      const pixels = new Int32Array(image.data.buffer);
      picture = { image, raster: { width, height, pixels, depths: new Float32Array(width * height) } };
    }
    return picture;
  }

  return {
    kind: 'canvas',
    canvas,
    setCloud(points) {
      cloud = points;
    },
    setMarked(points) {
      marked = points;
    },
    draw(frame) {
      const { image, raster } = fitted(frame);
      const axes = cloud?.axes ?? 2;
      clearRaster(raster, frame.theme.panel, axes);
      const opacity = (axes === 3 ? 1 : frame.opacity) * (marked ? OTHERS_OPACITY : 1);
      if (cloud) drawPoints(raster, cloud, { ...frame, opacity }, frame.theme.point);
      if (marked) {
        raster.depths.fill(Number.POSITIVE_INFINITY);
        const size = frame.size + MARKED_LARGER;
        drawPoints(raster, marked, { ...frame, size, opacity: 1, share: 1 }, frame.theme.marked);
      }
      context.putImageData(image, 0, 0);
    },
    drawLabels(sprites) {
      for (const { canvas: text, x, y, opacity } of sprites) {
        context.globalAlpha = opacity;
        context.drawImage(text, x, y);
      }
    },
    dispose() {
      picture = undefined;
    },
  };
}
