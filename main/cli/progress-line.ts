/** How far a step is, as far as that is known. */
interface StepProgress {
  /** 0…1 */
  readonly fraction?: number | undefined;
  readonly remainingSeconds?: number | undefined;
}

/** Progress on standard error, on one line: written over on a terminal, a new line for each step elsewhere. */
export function progressLine() {
  let last = '';
  const write = (step: string, { fraction, remainingSeconds }: StepProgress = {}) => {
    const done = fraction === undefined ? '' : ` ${Math.round(100 * fraction)} %`;
    const left = remainingSeconds === undefined ? '' : `, about ${Math.ceil(remainingSeconds)} s left`;
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${step}${done}${left}`);
    else if (step !== last) console.error(`${step}${done}${left}`);
    last = step;
  };
  return Object.assign(write, {
    end: () => {
      if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    },
  });
}
