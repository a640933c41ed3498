import { FedReconError } from '../../protocol/errors.ts';
import type { ContributionResponse, ModuleBlob } from '../../protocol/messages.ts';
import type { Files } from '../store/files.ts';
import type { AggregatorClient, TransferLabel } from './aggregator-client.ts';
import { byteMeter } from './byte-meter.ts';
import { upload } from './transfers.ts';

/** Contribution of a plant to offer to the aggregator: a message that names blobs. */
interface OfferedContribution {
  /** Sends the message; the answer names the blobs that the aggregator lacks. */
  readonly offer: () => Promise<ContributionResponse>;
  readonly blobs: readonly { readonly blob: ModuleBlob; readonly label: TransferLabel }[];
  /** Name of the problem in the error for an answer that accepts nothing although all blobs were sent. */
  readonly name: string;
}

/**
 * Offers a contribution, sends the blobs that the aggregator lacks, and offers it again.
 * @param report told the fraction of the missing blobs that is sent, if any is missing
 * @throws FedReconError `answer-invalid` where all was sent and it is not accepted; what the aggregator refuses it with
 */
export async function sendContribution(
  client: AggregatorClient,
  files: Files,
  { offer, blobs, name }: OfferedContribution,
  abort: AbortSignal,
  report: (fraction: number) => void,
): Promise<void> {
  const first = await offer();
  if (first.accepted) return;
  const missing = blobs.filter(({ blob }) => first.missing.includes(blob.sha256));
  const onBytes = byteMeter(
    missing.map(({ blob }) => blob),
    report,
  );
  for (const { blob, label } of missing) await upload(client, files, blob, label, { abort, onBytes });
  const second = await offer();
  if (!second.accepted) throw new FedReconError('answer-invalid', { problem: name });
}
