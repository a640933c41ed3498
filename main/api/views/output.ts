/** Carries an output type without a value: outputs are made by our own code and need no checking. */
export interface Output<T> {
  readonly type?: T;
}
export function of<T>(): Output<T> {
  return {};
}
