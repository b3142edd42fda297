// The preparation worker: makes steps into the ring's slots, waiting while all of them are full.
import { workerData } from 'node:worker_threads';
import { createStepMaker } from './step-maker.ts';
import { FINISHED, MADE, ringSlots, ringState, type StepRing, TAKEN, writeFacts } from './step-ring.ts';

const ring = workerData as StepRing;
const { control } = ring;
const slots = ringSlots(ring);
const make = createStepMaker(ring.plan);

for (let made = 0; ; made++) {
  for (;;) {
    const taken = Atomics.load(control, TAKEN);
    if (made - taken < slots.length) break;
    Atomics.wait(control, TAKEN, taken);
  }
  const slot = made % slots.length;
  const step = make(slots[slot], ringState(ring, slot));
  if (!step) break;
  writeFacts(ring, slot, step);
  Atomics.store(control, MADE, made + 1);
  Atomics.notify(control, MADE);
}
Atomics.store(control, FINISHED, 1);
Atomics.notify(control, MADE);
