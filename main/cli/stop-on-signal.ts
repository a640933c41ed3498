/** Calls `stop` at the first Ctrl-C; a second one finds no listener and ends the process at once. */
export function stopOnSignal(
  stop: () => void = () => {},
): Disposable & { readonly signal: AbortSignal; readonly isAsked: boolean } {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const asked = new AbortController();
  const hear = () => {
    asked.abort();
    stop();
  };
  for (const signal of signals) process.once(signal, hear);
  return {
    signal: asked.signal,
    get isAsked() {
      return asked.signal.aborted;
    },
    [Symbol.dispose]: () => {
      for (const signal of signals) process.off(signal, hear);
    },
  };
}
