import type * as onnx from 'onnxruntime-node';

// ONNX Runtime reports its use to its maker unless this is set before its library is loaded, and nothing may leave a plant.
process.env.ORT_DISABLE_TELEMETRY = '1';

/** ONNX Runtime with its telemetry off: the only way in which the product loads it. */
export const { InferenceSession, Tensor, env, listSupportedBackends } = await import('onnxruntime-node');
export type InferenceSession = onnx.InferenceSession;
export type Tensor = onnx.Tensor;
/** Options with which a session is opened. */
export type SessionOptions = onnx.InferenceSession.SessionOptions;
/** Results of a session's run, by the names of the outputs. */
export type SessionResults = onnx.InferenceSession.ReturnType;
