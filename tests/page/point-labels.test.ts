import { expect, it } from 'vitest';
import { placedLabels } from '../../src/page/point-labels.ts';

it('words at one place share a label, and labels near each other go to other sides', () => {
  const points = [
    { x: 100, y: 100, label: 'one' },
    { x: 100.5, y: 100, label: 'two' },
    { x: 110, y: 100, label: 'three' },
    { x: 655, y: 50, label: 'edge' },
  ];
  const [shared, near, edge] = placedLabels(points, 660);
  expect(shared!.text).toBe('one, two');
  expect([shared!.anchor, near!.anchor]).toEqual(['end', 'start']);
  expect(edge!.anchor).toBe('end');
});
