/** What is said of a picture that cannot be read, as patterns of the English words, with the Japanese. */
const inJapanese: readonly (readonly [RegExp, string])[] = [
  [/^it is damaged$/, '壊れています'],
  [/^damaged$/, '壊れています'],
  [/^it is empty$/, '中身が空です'],
  [/^it is cut short$/, 'データが途中で切れています'],
  [/^it changed while it was read$/, '読み取り中に変更されました'],
  [/^it is another file$/, '別のファイルに置き換わっています'],
  [/^its reading makes no sense$/, '読み取り結果が正しくありません'],
  [/^its header is damaged$/, 'ヘッダーが壊れています'],
  [/^its header is of an unknown kind$/, 'ヘッダーの種類が分かりません'],
  [/^its (?:pixel data|frame) is damaged$/, '画素データが壊れています'],
  [/^its palette is damaged$/, 'パレットが壊れています'],
  [/^its colour masks are damaged$/, '色のマスクが壊れています'],
  [/^its directory is damaged$/, 'ディレクトリが壊れています'],
  [/^its colour profile is damaged$/, 'カラープロファイルが壊れています'],
  [/^its colour profile swells to more than (\d+) MB$/, 'カラープロファイルが展開すると $1 MB を超えます'],
  [/^it holds more pixel data than its size can need$/, '大きさに対して画素データが多すぎます'],
  [/^it holds a piece of more than (\d+) MiB$/, '$1 MiB を超えるデータが含まれています'],
  [/^it holds no pixel$/, '画素がありません'],
  [/^its frame holds too few pixels$/, '画素データが足りません'],
  [/^it has no frame$/, 'フレームがありません'],
  [/^its frame leaves the picture$/, 'フレームが画像からはみ出しています'],
  [/^its runs leave the picture$/, '画素データが画像からはみ出しています'],
  [/^it has no palette colour (\d+)$/, 'パレットに $1 番の色がありません'],
  [/^it has (\d+) × (\d+) pixels$/, '大きさが $1 × $2 画素です'],
  [/^it has (\d+) channels$/, 'チャンネルが $1 個あります'],
  [/^it has (\d+) bits a pixel$/, '1 画素あたり $1 ビットです'],
  [
    /^it has (\d+) bits a colour; save it as a 16-bit PNG or TIFF$/,
    '1 色あたり $1 ビットです。16 ビットの PNG か TIFF で保存してください',
  ],
  [
    /^it holds inks \(CMYK\), and does not say whether they are inverted; save it as RGB$/,
    'インク（CMYK）の画像で、値が反転しているかどうかの記載がありません。RGB で保存してください',
  ],
  [
    /^it shows but a small copy of its image, as raw files of cameras do$/,
    'カメラの RAW ファイルのように、縮小画像しか読み取れません',
  ],
  [
    /^it has more channels than its colours, and does not say what they are; save it in grey or as RGB$/,
    '色より多いチャンネルがあり、その意味の記載がありません。グレーか RGB で保存してください',
  ],
  [/^its pages lead in a circle$/, 'ページの参照が循環しています'],
  [/^its tag (\w+) holds (.+), which means nothing$/, 'タグ $1 の値 $2 に意味がありません'],
  [/^its compression \((.+)\) is not supported$/, '圧縮方式（$1）に対応していません'],
  [/^it is a lossless JPEG; save it as PNG or TIFF$/, 'ロスレス JPEG です。PNG か TIFF で保存してください'],
  [
    /^its pixels are compressed in a way \((\d+)\) that bitmaps hardly ever are$/,
    '画素の圧縮方式（$1）に対応していません',
  ],
  [
    /^its colours are \w+ numbers of (\d+) bits; save it with unsigned ones of 8 or 16$/,
    '色の値が $1 ビットの対応していない形式です。8 または 16 ビットの符号なし整数で保存してください',
  ],
  [
    /^its pixels are (.+); save it in grey or as RGB$/,
    '色の表し方（$1）に対応していません。グレーか RGB で保存してください',
  ],
  [
    /^its samples of (\d+) bits are packed; save it with 16 bits a sample$/,
    '$1 ビットの値が詰めて保存されています。1 値 16 ビットで保存してください',
  ],
  [
    /^its pixels are floating-point numbers of (\d+) bits; save it with 32$/,
    '画素が $1 ビットの浮動小数点数です。32 ビットで保存してください',
  ],
  [/^its samples are complex numbers$/, '画素の値が複素数です'],
  [/^it has no page$/, 'ページがありません'],
  [/^it has no page (.+), but (\d+)(?:: (.+))?$/, 'ページ $1 がありません（全 $2 ページ）'],
  [/^it has one page only, and no page (.+)$/, '1 ページだけで、ページ $1 がありません'],
  [
    /^it is no (.+) file, but zeros alone: its content was never written$/,
    '中身がすべて 0 です。書き込まれなかったファイルです',
  ],
  [/^it is no (.+) file, but (.+)$/, '$1 ではなく、$2 のファイルです'],
  [/^it is no (.+) file.*$/, '$1 のどれでもありません'],
];

/** What is said of a picture that cannot be read, in Japanese; what a library says in its own words stands in brackets. */
export function pictureProblemJa(problem: string): string {
  const found = inJapanese.find(([pattern]) => pattern.test(problem));
  if (found) return problem.replace(...found);
  return `壊れているか、対応していない形式です（${problem}）`;
}
