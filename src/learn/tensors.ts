import '@tensorflow/tfjs';
import {
  AdamOptimizer,
  add,
  dispose,
  env,
  logSoftmax,
  matMul,
  memory,
  mul,
  neg,
  relu,
  reshape,
  type Scalar,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  variable,
  variableGrads,
} from '@tensorflow/tfjs-core';

export type { Scalar, Tensor, Variable };

/**
 * All of TensorFlow.js that Reshelf uses; the only file that imports it. In a build the two packages above stand for
 * their parts: the engine without its extras, and of the CPU backend what `tensor-parts.ts` names (see
 * `rollup.config.ts`). Run from source they are the whole packages, with the same engine and the same kernels.
 */
export const tf = {
  AdamOptimizer,
  add,
  dispose,
  logSoftmax,
  matMul,
  mul,
  neg,
  relu,
  reshape,
  square,
  sub,
  sum,
  tensor,
  tidy,
  variable,
  variableGrads,
};

/** Spares the terminal the backend's advice to install tfjs-node, which has no part in a browser's training. */
export function quietTensors(): void {
  env().set('IS_NODE', false);
}

/** Tensors alive now; training leaves none behind. */
export const tensorCount = (): number => memory().numTensors;
