import { convolutionKernels } from './convolution.ts';
import { elementwiseKernels } from './elementwise.ts';
import { matmulKernels } from './matmul.ts';
import { reductionKernels } from './reduction.ts';
import type { KernelTable } from './rule.ts';
import { shapeKernels } from './shape.ts';

/** Table of the TensorFlow.js kernels that can be traced. */
export const kernelTable: KernelTable = {
  ...convolutionKernels,
  ...elementwiseKernels,
  ...matmulKernels,
  ...reductionKernels,
  ...shapeKernels,
};
