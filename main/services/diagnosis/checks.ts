import { X509Certificate } from 'node:crypto';
import { readFile, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeError, FedReconError } from '../../../protocol/errors.ts';
import type { CheckName, CheckView } from '../../api/views/diagnosis.ts';
import type { Label } from '../../api/views.ts';
import { probeDevice } from '../../jobs/probe-devices.ts';
import type { TrainingHost } from '../../jobs/training-connection.ts';
import { fileError } from '../../store/file-errors.ts';
import type { Store } from '../../store/store.ts';
import type { AggregatorClient } from '../../sync/aggregator-client.ts';
import { checkClock, secondsApart } from '../../sync/first-contact.ts';
import { openTransport } from '../../sync/transport.ts';
import { proxyInUse } from '../context.ts';
import { deviceViews } from '../device-service.ts';

/** Things that checks look at. */
export interface Checked {
  readonly store: Store;
  readonly client: () => AggregatorClient;
  readonly trainingHost: TrainingHost;
  readonly version: string;
  /** Stops the check. */
  readonly abort: AbortSignal;
}

type Outcome = Omit<CheckView, 'check'>;

const silenceSeconds = 10;
const certificateWarning = 30 * 24 * 3_600_000;
const clockWarningSeconds = 30;
/** Free bytes below which a round may not find room, and below which somebody should look. */
const room = { needed: 500_000_000, comfortable: 5_000_000_000 };

/** The table of checks. A failure of the table of errors is an outcome: its title was found, its cure is the cure. */
export const checks: Readonly<Record<CheckName, (checked: Checked) => Promise<Outcome>>> = {
  address: async ({ store, abort }) => {
    const enrolment = store.enrolment.get();
    if (!enrolment) return notJoined;
    const transport = openTransport(enrolment.aggregator, { ca: undefined, proxy: proxyInUse(store) });
    try {
      const begun = performance.now();
      await transport.send({ method: 'GET', target: '/v1/ca', silenceSeconds, abort });
      const milliseconds = Math.round(performance.now() - begun);
      const { aggregator } = enrolment;
      return good(
        `${aggregator} answers after ${milliseconds} ms.`,
        `${aggregator} は ${milliseconds} ms で応答しました。`,
      );
    } finally {
      transport.close();
    }
  },
  certificate: async ({ store, client, abort }) => {
    const enrolment = store.enrolment.get();
    if (!enrolment) return notJoined;
    await client().transport.send({ method: 'GET', target: '/v1/ca', silenceSeconds, abort });
    const expires = new X509Certificate(enrolment.ca).validToDate;
    const day = expires.toISOString().slice(0, 10);
    if (expires.getTime() - Date.now() < certificateWarning)
      return {
        state: 'look',
        found: {
          en: `The authority’s certificate ends on ${day}.`,
          ja: `認証局の証明書は ${day} に切れます。`,
        },
        cure: {
          en: 'Ask headquarters for a new invitation before that day.',
          ja: 'その日までに、本部から新しい招待状を受け取ってください。',
        },
      };
    return good(
      `The certificate is of the authority of this federation, which ends on ${day}.`,
      `証明書はこの共同学習の認証局のものです（認証局の期限 ${day}）。`,
    );
  },
  clock: async ({ store, client, abort }) => {
    if (!store.enrolment.get()) return notJoined;
    const { headers } = await client().transport.send({
      ...{ method: 'GET', target: '/v1/ca', silenceSeconds, abort },
    });
    const now = Date.now();
    checkClock(headers.date, now);
    const apart = secondsApart(headers.date, now);
    const found = {
      en: `This machine’s clock and the aggregator’s are ${Math.abs(apart)} s apart.`,
      ja: `この端末と集約サーバーの時計の差は ${Math.abs(apart)} 秒です。`,
    };
    if (Math.abs(apart) <= clockWarningSeconds) return { state: 'good', found, cure: null };
    return {
      ...{ state: 'look', found },
      cure: {
        en: 'Let the system set its clock over the network: beyond some minutes headquarters refuses what is sent.',
        ja: '端末の時刻を自動設定にしてください。数分を超えてずれると、本部が受け付けなくなります。',
      },
    };
  },
  version: async ({ store, client, version, abort }) => {
    const own = `FedRecon ${version}, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
    if (!store.enrolment.get())
      return good(`${own}. No federation to compare with yet.`, `${own}。比べる共同学習がまだありません。`);
    const { round } = await client().currentRound(abort, silenceSeconds);
    return good(
      `${own}. Headquarters and this program understand each other (round ${round}).`,
      `${own}。本部とこのプログラムは互いに通じています（ラウンド ${round}）。`,
    );
  },
  disk: async ({ store }) => {
    const { bavail, bsize } = await statfs(store.folder);
    const free = bavail * bsize;
    const gigabytes = (free / 1e9).toFixed(1);
    const found = {
      en: `${gigabytes} GB are free where the data folder lies.`,
      ja: `データフォルダーのあるディスクの空きは ${gigabytes} GB です。`,
    };
    if (free >= room.comfortable) return { state: 'good', found, cure: null };
    return {
      ...{ state: free < room.needed ? 'bad' : 'look', found },
      cure: {
        en: 'Delete what is not needed on this disk, or move the data folder to another one.',
        ja: 'このディスクの不要なファイルを消すか、データフォルダーを別のディスクへ移してください。',
      },
    };
  },
  engine: async ({ store, trainingHost, abort }) => {
    const inUse = deviceViews(store).devices.find(({ chosen }) => chosen);
    const { engine, device } = inUse ?? ({ engine: 'onnx', device: 'cpu' } as const);
    const probe = await probeDevice(trainingHost, { engine, device }, { abort, progress: () => {} });
    const name = `${engine} · ${device}`;
    if (probe.ok) return good(`${name} computes right.`, `${name} は正しく計算します。`);
    return {
      state: 'bad',
      found: {
        en: `${name} does not compute right: ${probe.reason?.en}.`,
        ja: `${name} は正しく計算しません（${probe.reason?.ja}）。`,
      },
      cure: {
        en: 'Press “Test again” in the settings and take the automatic device; then renew the driver of this one.',
        ja: '設定で「再テスト」を押し、計算装置を自動にしてください。そのあと、この装置のドライバーを更新してください。',
      },
    };
  },
  'data-folder': async ({ store }) => {
    const scratch = await store.files.scratch();
    const path = join(scratch, 'written');
    const bytes = Buffer.alloc(1 << 20, 'fedrecon');
    try {
      await writeFile(path, bytes);
      if (!bytes.equals(await readFile(path)))
        throw new FedReconError('store-damaged', { problem: 'a file that was just written reads otherwise' });
    } catch (thrown) {
      throw fileError(thrown, store.folder);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
    const { mode } = await stat(join(store.folder, 'device-key.pem'));
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      return {
        state: 'look',
        found: {
          en: 'The folder can be written and read, but others on this machine can read the key in it.',
          ja: 'フォルダーは読み書きできますが、鍵をこの端末のほかの利用者も読めます。',
        },
        cure: {
          en: 'Let only its owner read the file of the key in the data folder (chmod 600).',
          ja: 'データフォルダーの鍵のファイルを、所有者だけが読めるようにしてください（chmod 600）。',
        },
      };
    return good('Written and read back right.', '書き込み、読み出しとも正常です。');
  },
  'log-chain': async ({ store }) => {
    const { entries, brokenAt } = await store.log.verify();
    if (brokenAt === null)
      return good(
        `${entries} entries, none changed since it was written.`,
        `${entries} 件の記録は、書かれたままです。`,
      );
    return {
      state: 'bad',
      found: {
        en: `The log was changed behind its back at entry ${brokenAt}.`,
        ja: `記録の ${brokenAt} 件目が、あとから変えられています。`,
      },
      cure: {
        en: 'Keep the data folder as it is, export the log for the auditor, and tell headquarters.',
        ja: 'データフォルダーをそのまま残し、監査用に記録を書き出して、本部に知らせてください。',
      },
    };
  },
};

const notJoined: Outcome = {
  state: 'left-out',
  found: { en: 'No federation joined yet.', ja: 'まだ共同学習に参加していません。' },
  cure: null,
};

function good(en: string, ja: string): Outcome {
  return { state: 'good', found: { en, ja }, cure: null };
}

/** Outcome of a check that failed with an error of the table. @throws whatever is no such error */
export function failedOutcome(thrown: unknown): Outcome {
  if (!(thrown instanceof FedReconError)) throw thrown;
  const said = (['en', 'ja'] as const).map((language) => describeError(thrown.code, thrown.detail, language));
  const both = (part: 'title' | 'cure'): Label => ({ en: said[0]![part], ja: said[1]![part] });
  return { state: 'bad', found: both('title'), cure: both('cure') };
}
