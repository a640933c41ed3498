import { X509Certificate } from 'node:crypto';
import { FedReconError } from '../../protocol/errors.ts';
import type { Invitation } from '../../protocol/invitation.ts';
import { signatureWindowSeconds } from '../../protocol/signatures.ts';
import { openTransport } from './transport.ts';

/**
 * Fetches the aggregator's CA certificate from whoever answers at the invitation's address, and trusts it only
 * if its SHA-256 is the one that the invitation carries. Nothing but this question is sent before.
 * @returns the CA certificate, PEM
 * @throws FedReconError `wrong-aggregator`, `aggregator-unreachable`, `clock-skew`, `answer-invalid`
 */
export async function fetchAuthority(
  invitation: Invitation,
  { now = Date.now, proxy }: { now?: () => number; proxy?: string | undefined } = {},
): Promise<string> {
  const transport = openTransport(invitation.url, { ca: undefined, proxy });
  try {
    const { body, headers } = await transport.send({ method: 'GET', target: '/v1/ca' });
    const pem = new TextDecoder().decode(body);
    const actual = fingerprint(pem);
    if (actual !== invitation.caFingerprint)
      throw new FedReconError('wrong-aggregator', {
        address: invitation.url,
        expected: invitation.caFingerprint.slice(0, 16),
        actual: actual.slice(0, 16),
      });
    checkClock(headers.date, now());
    return pem;
  } finally {
    transport.close();
  }
}

/** SHA-256 (hex) of a PEM certificate's DER. @throws FedReconError `answer-invalid` */
function fingerprint(pem: string): string {
  try {
    return new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
  } catch (cause) {
    throw new FedReconError('answer-invalid', { problem: 'no certificate' }, { cause });
  }
}

/** Checks the clock first: one that is off would make a good certificate look expired. */
export function checkClock(date: string | undefined, now: number): void {
  const offsetSeconds = secondsApart(date, now);
  if (Math.abs(offsetSeconds) > signatureWindowSeconds)
    throw new FedReconError('clock-skew', {
      serverTime: new Date(now - offsetSeconds * 1000).toISOString(),
      offsetSeconds,
      minutes: Math.round(offsetSeconds / 60),
    });
}

/** Seconds that this machine's clock is ahead of the `date` of an answer; not a number where that says none. */
export function secondsApart(date: string | undefined, now: number): number {
  const server = date === undefined ? Number.NaN : Date.parse(date);
  return Math.round((now - server) / 1000);
}
