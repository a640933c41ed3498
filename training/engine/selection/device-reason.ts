import { describeError, FedReconError } from '../../../protocol/errors.ts';

/** Reason why a device is refused, or a remark on it, in both languages. */
export interface DeviceReason {
  readonly en: string;
  readonly ja: string;
}

/** Reasons that the program finds by itself. */
export const deviceReasons = {
  silent: (milliseconds: number): DeviceReason => ({
    en: `no answer within ${milliseconds / 1000} s`,
    ja: `${milliseconds / 1000} 秒以内に応答がありません`,
  }),
  ended: (how: string): DeviceReason => ({
    en: `its driver ended the process (${how})`,
    ja: `ドライバーがプログラムを終了させました（${how}）`,
  }),
  wrong: (name: string, actual: string, expected: string): DeviceReason => ({
    en: `wrong result: ${name} is ${actual} and must be ${expected}`,
    ja: `計算結果が違います：${name} が ${actual} です（正しくは ${expected}）`,
  }),
  slow: {
    en: 'slower than the CPU (a software adapter?)',
    ja: 'CPU より遅い装置です（ソフトウェアによる代用の可能性があります）',
  },
  absent: { en: 'not found on this machine', ja: 'この端末に見つかりません' },
  notInstalled: (name: string): DeviceReason => ({
    en: `${name} is not installed here`,
    ja: `${name} がこの端末に入っていません`,
  }),
  noGpu: {
    en: 'no GPU that this TensorFlow can use',
    ja: 'この TensorFlow で使えるグラフィックカードがありません',
  },
  noneOf: (names: readonly string[]): DeviceReason => ({
    en: `not one of ${names.join(', ')}`,
    ja: `選べるのは ${names.join('、')} です`,
  }),
} as const;

/** What a driver's or library's message means, by a piece of it; the first that fits counts. */
const meanings: readonly (readonly [piece: RegExp, meaning: DeviceReason])[] = [
  [
    /driver version is insufficient|driver.*(too old|out of date)/i,
    { en: 'its driver is too old', ja: 'ドライバーが古すぎます' },
  ],
  [/out of (device |host )?memory|bad_?alloc/i, { en: 'its memory is full', ja: 'メモリーが足りません' }],
  [
    /no such device|no .*capable device|no .*adapter|adapter.*(not found|unavailable)/i,
    { en: 'it finds no GPU that it can use', ja: '使えるグラフィックカードがありません' },
  ],
  [
    /shared (object|library)|load.*librar|librar.*load|\.(so|dll|dylib)\b/i,
    { en: 'a library that it needs is not there', ja: '必要なライブラリーがありません' },
  ],
];

/** Reason from a message of a driver or library, which is kept as it is: whoever looks after the machine searches for it. */
export function reasonFromLibrary(message: string): DeviceReason {
  const [, meaning] = meanings.find(([piece]) => piece.test(message)) ?? [];
  if (!meaning) return { en: message, ja: `ドライバーからのメッセージ：${message}` };
  return { en: `${meaning.en} (${message})`, ja: `${meaning.ja}（${message}）` };
}

/** A reason as the detail of an error, `engine-device` above all. */
export function reasonInError({ en, ja }: DeviceReason): {
  readonly problem: string;
  readonly problemJa: string;
} {
  return { problem: en, problemJa: ja };
}

/** Reason of whatever was thrown while a device was tried, without file names and line numbers. */
export function reasonOfThrown(thrown: unknown): DeviceReason {
  if (!(thrown instanceof FedReconError))
    return reasonFromLibrary(thrown instanceof Error ? thrown.message : String(thrown));
  const { code, detail } = thrown;
  if (code === 'engine-device')
    return { en: String(detail.problem), ja: String(detail.problemJa ?? detail.problem) };
  return { en: describeError(code, detail, 'en').title, ja: describeError(code, detail, 'ja').title };
}
