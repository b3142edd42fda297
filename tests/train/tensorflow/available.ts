// TensorFlow, where it is set up; the tests that need it are skipped, visibly, where it is not.
import { W2vError } from '../../../src/base/errors.ts';
import { loadTensorflow, type TensorflowModule } from '../../../src/train/tensorflow/load.ts';
import { isMissing } from '../../requirements.ts';

export const tensorflow: TensorflowModule | undefined = await loadTensorflow({ deterministic: true, threads: 2 }).catch(
  (error: unknown) => {
    if (error instanceof W2vError && error.code === 'engine-unavailable') return undefined;
    throw error;
  },
);

isMissing('TENSORFLOW', tensorflow !== undefined); // throws where it is required
