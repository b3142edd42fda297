// Steps through a training by operation, pair and epoch, forward and back. Every place is computed from the start of
// its epoch, so that going back gives exactly the same numbers.
import { finish, type Steps } from '../../base/steps.ts';
import { createGraph, type Graph, type GraphNode, type Values } from '../graph.ts';
import { mapped } from '../matrix.ts';

export interface Walk {
  /** By edge: the trained weights, and the constant inputs. */
  weights: Values;
  constants: Values;
  learningRate: number;
  /** Pairs per epoch. */
  pairs: number;
  /** A pair as text: `you goodbye → say`. */
  describe(pair: number): string;
  nodesOf(pair: number, epoch: number): GraphNode[];
  /** Factor on the gradient of an edge: C for W_in in word2vec.c's CBOW, else 1. */
  factorOf(edge: string, pair: number): number;
}

/**
 * All count from 0. `operation`: 0 before the forward step, then each node forward, each node backward, and the update.
 */
export interface Place {
  epoch: number;
  pair: number;
  operation: number;
}

export interface Standing {
  place: Place;
  /** Number of operations of this pair, the start included. */
  operations: number;
  graph: Graph;
  phase: 'start' | 'forward' | 'backward' | 'update';
  /** The node of this operation. */
  node: number | undefined;
  /** By edge, before and after this pair's update. */
  weights: Values;
  updated: Values | undefined;
  /** Mean loss of each epoch that has ended. */
  losses: number[];
}

export interface Walker {
  walk: Walk;
  /** The place nearest to the one wanted, which may be out of range. */
  nearest(wanted: Place): Place;
  /** At the place nearest to the one wanted. */
  stand(wanted: Place): Standing;
  /** The same with pauses, for a place many pairs away. */
  standSteps(wanted: Place): Steps<Standing>;
  /** One operation, pair or epoch forward (1) or back (-1). */
  move(from: Place, by: keyof Place, step: 1 | -1): Place;
}

export const FIRST_PLACE: Place = { epoch: 0, pair: 0, operation: 0 };
/** Limits on epochs, and on pairs in all epochs, because a place in a link may be any number. */
const MOST_EPOCHS = 2000;
const MOST_PAIRS = 40_000;

export function createWalker(walk: Walk): Walker {
  // Weights at the start of each epoch that was reached, and the mean losses of those that have ended.
  const starts: Values[] = [walk.weights];
  const losses: number[] = [];
  const mostEpochs = Math.min(MOST_EPOCHS, Math.max(1, Math.floor(MOST_PAIRS / walk.pairs)));
  const operationsOf = (pair: number, epoch: number) => 2 * walk.nodesOf(pair, epoch).length + 2;
  const trained = (weights: Values, pair: number, epoch: number) => {
    const graph = createGraph(walk.nodesOf(pair, epoch));
    graph.forward({ ...walk.constants, ...weights });
    graph.backward();
    return { weights: stepped(walk, weights, graph, pair), loss: graph.value('loss').values[0] };
  };
  const reach = function* (epoch: number): Steps<Values> {
    for (let at = starts.length - 1; at < epoch; at++) {
      let weights = starts[at];
      let total = 0;
      for (let pair = 0; pair < walk.pairs; pair++) {
        const next = trained(weights, pair, at);
        weights = next.weights;
        total += next.loss;
        yield;
      }
      // By index: another call may have computed this epoch during a pause.
      starts[at + 1] = weights;
      losses[at] = total / walk.pairs;
    }
    return starts[epoch];
  };
  const within = (value: number, most: number) => Math.max(0, Math.min(most, value));
  const nearest = (wanted: Place): Place => {
    const epoch = within(wanted.epoch, mostEpochs);
    const pair = within(wanted.pair, walk.pairs - 1);
    return { epoch, pair, operation: within(wanted.operation, operationsOf(pair, epoch) - 1) };
  };
  const standSteps = function* (wanted: Place): Steps<Standing> {
    const { epoch, pair, operation } = nearest(wanted);
    let weights = yield* reach(epoch);
    for (let before = 0; before < pair; before++) {
      weights = trained(weights, before, epoch).weights;
      yield;
    }
    const graph = createGraph(walk.nodesOf(pair, epoch));
    return {
      place: { epoch, pair, operation },
      operations: operationsOf(pair, epoch),
      ...advanced(walk, graph, weights, { epoch, pair, operation }),
      weights,
      losses: losses.slice(0, epoch),
    };
  };
  return {
    walk,
    nearest,
    standSteps,
    stand: (wanted) => finish(standSteps(wanted)),
    move({ epoch, pair, operation }, by, step) {
      if (by === 'epoch') return { epoch: within(epoch + step, mostEpochs), pair: 0, operation: 0 };
      const beyond = by === 'pair' ? 1 : operationsOf(pair, epoch);
      const next = (by === 'pair' ? 0 : operation) + step;
      if (next >= 0 && next < beyond) return { epoch, pair, operation: next };
      const place = epoch * walk.pairs + pair + step;
      if (place < 0) return FIRST_PLACE;
      const there = { epoch: Math.floor(place / walk.pairs), pair: place % walk.pairs };
      if (by === 'pair' || step === 1) return { ...there, operation: 0 };
      return { ...there, operation: operationsOf(there.pair, there.epoch) - 1 };
    },
  };
}

/** The graph with as many operations done as `place` says. */
function advanced(
  walk: Walk,
  graph: Graph,
  weights: Values,
  { pair, operation }: Place,
): Pick<Standing, 'graph' | 'phase' | 'node' | 'updated'> {
  const N = graph.nodes.length;
  graph.start({ ...walk.constants, ...weights });
  for (let node = 0; node < Math.min(operation, N); node++) graph.forwardNode(node);
  if (operation <= N) {
    return { graph, phase: operation === 0 ? 'start' : 'forward', node: operation - 1, updated: undefined };
  }
  graph.startBackward();
  for (let node = N - 1; node >= Math.max(0, 2 * N - operation); node--) graph.backwardNode(node);
  if (operation <= 2 * N) return { graph, phase: 'backward', node: 2 * N - operation, updated: undefined };
  return { graph, phase: 'update', node: undefined, updated: stepped(walk, weights, graph, pair) };
}

/** w - rate × factor × dL/dw */
function stepped(walk: Walk, weights: Values, graph: Graph, pair: number): Values {
  const moved = Object.entries(weights).map(([edge, matrix]) => {
    const slopes = graph.gradient(edge).values;
    const rate = walk.learningRate * walk.factorOf(edge, pair);
    return [edge, mapped(matrix, (value, i) => value - rate * slopes[i])];
  });
  return Object.fromEntries(moved);
}
