import type { Messages } from '../en.ts';

/** Texts on model versions, their cards, and sign-off, in Japanese. */
export const modelTexts: Pick<Messages, 'models'> = {
  models: {
    title: 'モデル',
    versions: '版の一覧',
    version: (version) => `第 ${version} 版`,
    round: (round) => `ラウンド ${round} の後`,
    none: 'モデルがまだありません。先にラウンドに参加してください。',
    states: {
      received: '未評価',
      evaluated: '承認待ち',
      'in-use': '使用中',
      held: '見送り',
      retired: '以前に使用',
    },
    comparisons: {
      better: '使用中の版より良い',
      'as-good': '使用中の版と同等',
      worse: '使用中の版より悪い',
      'cannot-tell': 'ここの部品だけでは分かりません',
    },
    shortComparisons: {
      better: '良い',
      'as-good': '同等',
      worse: '悪い',
      'cannot-tell': '分からない',
    },
    first: '最初の版です。比べる版がまだありません',
    ruleTitle: '比較の基準',
    rule: '改善量の 95 % 区間がすべて 0 より上なら「良い」、同等とみなす幅（0.25 dB、誤差の 3 %、一語あたり 0.02 語、正しい値の割合の 2 ポイント）より上に収まれば「同等」、0 より下でその幅も下回れば「悪い」、それ以外は「分からない」。10 部品未満では必ず「分からない」です。複数の計測では、この工場で最も多くの部品に欠けている計測の結果をとります。その計測をここで評価できないときは、他の計測の結果で代えません。',
    newVersions: '新しいモデルの版',
    policies: {
      automatic:
        '計画書により、悪くない新しい版は人を介さず使います。ここで評価できない計測があり、ここの部品では良し悪しが分からない版は、人が承認してから使います。悪い版は見送ります。前の版に戻すのは人だけです。',
      'automatic-unjudged':
        '計画書により、悪くない新しい版は、ここで評価できないものも含めて人を介さず使います。悪い版は見送ります。前の版に戻すのは人だけです。',
      signed: '計画書により、人が承認した版だけを使います。悪い版は見送ります。',
    },
    may: (roles) => `承認できる人：${roles}`,

    evaluate: '評価する',
    evaluateAgain: '評価し直す',
    notEvaluated: 'この版はここでまだ評価されていません',
    notEvaluatedWhy:
      '評価では、この工場が学習に使わない部品の計測を一つずつ隠して復元し、実測値と比べます。データは端末から出ません。',
    evaluatedOn: (parts, date) => `学習に使っていない自工場の ${parts} 部品で評価 · ${date}`,
    against: (version) => `第 ${version} 版と比較`,
    nothingHeldOut:
      '二つ以上の計測がある部品がないため、評価できませんでした。この工場での良し悪しは分かりません。',
    unevaluated: (name) =>
      `${name}：評価用の部品にこの計測がありません。この工場での復元の良さは、この評価書では分かりません。`,

    use: '使用を承認',
    hold: '見送る',
    rollBack: 'この版に戻す',
    reason: '理由',
    reasonNeeded: '理由（必須。記録に残ります）',
    reasonOptional: '理由（任意。記録に残ります）',
    acknowledge: 'この版が復元するものの一部は、ここでは評価できなかったことを承知しています。',
    signsAs: (name, role) => `${name}（${role}）として、この端末の鍵で署名します。`,
    binds: '署名は評価書・モデル・名前を一つに結びます。後でどれかが変わると、その版は使われません。',
    signedBy: (who, date) => `承認：${who} · ${date}`,
    heldBy: (who, date) => `見送り：${who} · ${date}`,
    rolledBackBy: (who, date) => `再使用：${who} · ${date}`,
    byPolicy: '計画書の方針',
    genuine: '署名は有効です',
    notGenuine: 'この承認は無効です（署名・評価書・モデルのいずれかが変わっています）。この版は使いません。',
    acknowledged: '評価できない部分を承知のうえ',

    from: '復元の元',
    through: (name) => `${name}を介して`,
    parts: '部品数',
    gain: (version) => `第 ${version} 版からの改善`,
    interval: (low, high) => `95 % 区間：${low} ～ ${high}`,
    notReconstructed: 'この工場では欠けません',
    channels: 'チャンネルごとの成績（悪い順）',
    r2: 'R²（当てはまり）',
    r2Why: '1 は完全一致、0 は平均値並み、0 未満は平均値より悪い',
    noBetter: '平均値より良くない',
    coverage: '範囲',
    covered: (share, nominal) =>
      `半数の部品で校正し、残りの半数で数えると、値の ${share} が範囲に入りました（目標 ${nominal}）`,
    confidence: '信頼度',
    cameTrueShare: (share) => `正しい値に付いた割合が ${share} 以上と示した確率 → 実際にそうだった割合`,
    cameTrue: (tolerance) => `誤差が ${tolerance} 以内と示した確率 → 実際にそうだった割合`,
    byGroup: '部品のグループごと',
    byGroupWhy: (name) =>
      `モデルから見た${name}の似かたで分けたもので、人が付けた分類ではありません。語はそのメモに多いものです。`,
    groupParts: (parts) => `${parts} 部品`,
    groupOf: (number) => `グループ ${number}`,
    groupExample: (number) => `グループ ${number} の例`,
    worst: '最も悪い例',
    examplesDeleted:
      '例に含まれていた部品が削除されたため、この評価書の例は残っていません。評価の数値はそのままです。もう一度評価すると、別の例が示されます。',
    before: (version, value) => `第 ${version} 版：${value}`,

    waits: (version) => `モデル第 ${version} 版が承認を待っています`,
    waitsWhy: 'ここで評価済みです。承認されるまで使いません。',
    wasHeld: (version) => `モデル第 ${version} 版は見送りました`,
    wasHeldWhy: (used) => `この工場の部品では悪くなります。${used}`,
    stays: (version) => `第 ${version} 版を使い続けます。`,
    noneUsed: '使用中の版はありません。',
    invalid: '使用中のモデルの承認が無効です',
    invalidWhy: '署名・評価書・モデルのいずれかが変わっています。承認されるまで復元しません。',
    look: 'モデルを見る',
  },
};
