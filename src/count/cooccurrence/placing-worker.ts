// Worker thread that places groups of merged parts in the co-occurrence matrix, which is in shared memory.
import { workerData } from 'node:worker_threads';
import { finish } from '../../base/steps.ts';
import { serveTasks } from '../../workers/serve-tasks.ts';
import { type Placing, placeGroup } from './place-counts.ts';

serveTasks<number, void>((group) => finish(placeGroup(workerData as Placing, group)));
