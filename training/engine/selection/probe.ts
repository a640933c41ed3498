import { fork } from 'node:child_process';
import { openCandidate } from './candidates.ts';
import { deviceReasons, reasonFromLibrary, reasonOfThrown } from './device-reason.ts';
import type { DeviceCandidate, Probe } from './devices.ts';
import { selfTest, timeStep } from './self-test.ts';

/** Tests and times a candidate in this process. */
export async function probeHere(candidate: DeviceCandidate, threads?: number): Promise<Probe> {
  try {
    const engine = await openCandidate(candidate, threads);
    const reason = await selfTest(engine);
    if (reason !== undefined) return { ok: false, reason };
    return { ok: true, milliseconds: await timeStep(engine) };
  } catch (error) {
    return { ok: false, reason: reasonOfThrown(error) };
  }
}

/** Prober: tests and times a candidate where a crash of its driver does no harm. */
export type Prober = (candidate: DeviceCandidate, threads?: number) => Promise<Probe>;

/**
 * Tests and times a candidate in a child process: a graphics driver may take its process down with it, or never
 * answer. The child is ended after `limit` milliseconds.
 */
export function probeApart(candidate: DeviceCandidate, threads?: number, limit = 30_000): Promise<Probe> {
  const { promise, resolve } = Promise.withResolvers<Probe>();
  const child = fork(new URL('./probe-child.ts', import.meta.url), [], { execArgv: [], stdio: 'ignore' });
  const timer = setTimeout(() => {
    resolve({ ok: false, reason: deviceReasons.silent(limit) });
    child.kill('SIGKILL');
  }, limit);
  child.once('message', (probe) => resolve(probe as Probe));
  child.once('error', (error) => resolve({ ok: false, reason: reasonFromLibrary(error.message) }));
  child.once('exit', (code, signal) => {
    clearTimeout(timer);
    resolve({ ok: false, reason: deviceReasons.ended(signal ?? `code ${code}`) });
  });
  child.send({ candidate, threads });
  return promise;
}
