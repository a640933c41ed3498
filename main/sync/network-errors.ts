import { FedReconError } from '../../protocol/errors.ts';
import { shownProxy } from './proxy.ts';

/** OpenSSL and Node codes that mean: someone answered, but not with a certificate we may trust. */
const certificateProblems = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * Error from the table for a failure below HTTP: `certificate-wrong` or `aggregator-unreachable`. The problem is the
 * system's own short code, which a network administrator can look up. What axios adds to its errors (the whole request,
 * its secrets included) goes no further than here.
 * @param proxy the one on the way, which may be what does not answer
 */
export function networkError(thrown: unknown, address: string, proxy?: string): Error {
  const cause = new Error(thrown instanceof Error ? thrown.message : String(thrown));
  const problem = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'UNKNOWN';
  if (problem === 'ERR_BAD_RESPONSE')
    return new FedReconError('answer-invalid', { problem: cause.message }, { cause });
  // Only a fault of this program makes a request that axios refuses.
  if (problem.startsWith('ERR_BAD_')) return cause;
  return certificateProblems.has(problem)
    ? new FedReconError('certificate-wrong', { address, problem }, { cause })
    : new FedReconError(
        'aggregator-unreachable',
        { address, problem: proxy === undefined ? problem : `${problem}, proxy ${shownProxy(proxy)}` },
        { cause },
      );
}
