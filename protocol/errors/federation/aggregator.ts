import type { ErrorEntry } from '../entry.ts';

/** Errors on starting and running the aggregator, for the administrator at headquarters. */
export const aggregatorErrors = {
  'federation-exists': {
    status: 409,
    en: {
      title: 'The data folder {folder} already holds a federation',
      cure: 'Start that one, or choose another folder with --data.',
    },
    ja: {
      title: 'データフォルダー {folder} にはすでに共同学習があります',
      cure: 'それを起動するか、--data で別のフォルダーを指定してください。',
    },
  },
  'federation-missing': {
    status: 404,
    en: {
      title: 'There is no federation in {folder}',
      cure: 'Make one with "aggregator init --plan FILE", or name its folder with --data.',
    },
    ja: {
      title: '{folder} に共同学習がありません',
      cure: '「aggregator init --plan ファイル」で作るか、--data でフォルダーを指定してください。',
    },
  },
  usage: {
    status: 400,
    en: {
      title: '{problem}',
      cure: 'Give the command "help" to see what there is.',
    },
    ja: {
      title: '{problem}',
      cure: '「help」コマンドで使い方を確かめてください。',
    },
  },
  'database-unreachable': {
    status: 503,
    en: {
      title: 'The database cannot be used: {problem}',
      cure: 'Check DATABASE_URL and that the database server runs.',
    },
    ja: {
      title: 'データベースを使えません：{problem}',
      cure: 'DATABASE_URL と、データベースサーバーの起動を確かめてください。',
    },
  },
  'database-newer': {
    status: 409,
    en: {
      title: 'The database was written by a newer version ({version})',
      cure: 'Update the aggregator.',
    },
    ja: {
      title: 'データベースは新しい版（{version}）で書かれています',
      cure: '集約サーバーを更新してください。',
    },
  },
  'port-in-use': {
    status: 409,
    en: {
      title: 'Port {port} is used by another program',
      cure: 'Stop that program, or start with --port and another number.',
    },
    ja: {
      title: 'ポート {port} は別のプログラムが使用中です',
      cure: 'そのプログラムを止めるか、--port で別の番号を指定してください。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
