// What a node of a computational graph does: forward from its inputs to its outputs, backward from the gradients of the
// loss with respect to its outputs to those with respect to its inputs. It keeps nothing between the two, so that a
// graph can be run forward and backward any number of times.
import type { Matrix } from '../matrix.ts';

export interface Operation {
  readonly name: string;
  /** The matrices on the incoming edges -> those on the outgoing ones. Throws `usage` if shapes do not fit. */
  forward(inputs: readonly Matrix[]): Matrix[];
  /** dL/d(output) for each output -> dL/d(input) for each input, of the input's shape. */
  backward(gradients: readonly Matrix[], inputs: readonly Matrix[], outputs: readonly Matrix[]): Matrix[];
}
