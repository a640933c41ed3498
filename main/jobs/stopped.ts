/** End of a job because it was told to: no failure, nothing to report. */
export class JobStopped extends Error {
  override readonly name = 'JobStopped';
}
