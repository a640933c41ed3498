import type { ErrorEntry } from '../entry.ts';

/** Errors of pictures' files and of what their values mean. */
export const pictureErrors = {
  'image-missing': {
    status: 404,
    en: {
      title: 'The image {file} does not exist',
      cure: 'Put the file there or correct its name, and import again. Until then the image counts as missing.',
    },
    ja: {
      title: '画像 {file} がありません',
      cure: 'ファイルを置くか名前を直して、もう一度取り込んでください。それまでこの画像は欠測として扱います。',
    },
  },
  'image-similar': {
    status: 404,
    en: {
      title: 'The image {file} does not exist, but {similar} does: is it that one?',
      cure: 'Write the name as the file has it, large and small letters included, and import again. Until then the image counts as missing.',
    },
    ja: {
      title: '画像 {file} がありません。{similar} のことですか？',
      cure: '大文字・小文字も含めて、ファイルの名前のとおりに書き直し、もう一度取り込んでください。それまでこの画像は欠測として扱います。',
    },
  },
  'image-several': {
    status: 404,
    en: {
      title:
        'The image {file} does not exist there, but {count} files are called nearly so, {similar} among them',
      cure: 'Write the name with its folder, as in {similar}, and import again. Until then the image counts as missing.',
    },
    ja: {
      title: '画像 {file} はその場所になく、{similar} など似た名前のファイルが {count} 個あります',
      cure: '{similar} のようにフォルダーも含めて名前を書き、もう一度取り込んでください。それまでこの画像は欠測として扱います。',
    },
  },
  'image-list': {
    status: 422,
    en: {
      title: 'The cell names {count} images, but each takes a column of its own: {file}',
      cure: 'Give each image a column of its own, as one for each camera, and import again. Until then the image counts as missing.',
    },
    ja: {
      title: '1 つのセルに画像が {count} 枚書かれていますが、画像 1 枚に 1 列が必要です：{file}',
      cure: 'カメラごとなど、画像 1 枚につき 1 列に分けて、もう一度取り込んでください。それまでこの画像は欠測として扱います。',
    },
  },
  'image-range-unknown': {
    status: 422,
    en: {
      title:
        'What is white in the image {file} cannot be told: {stored} bits, values from {lowest} to {highest}',
      cure: 'Say for this measurement how many bits a value has ([[bits]]), or which values are black and white ([[blackWhite]]). Until then the image counts as missing.',
    },
    ja: {
      title: '画像 {file} のどの値が白か分かりません：{stored} ビット、値は {lowest}〜{highest}',
      cure: 'この計測の画像のビット数（[[bits]]）か、黒と白にあたる値（[[blackWhite]]）を指定してください。それまでこの画像は欠測として扱います。',
    },
  },
  'image-range': {
    status: 422,
    en: {
      title: 'The image {file} holds the value {value}; black is {low} and white {high} in this import',
      cure: 'If the image is right, say for this measurement how many bits a value has ([[bits]]), or which values are black and white ([[blackWhite]]), and import again.',
    },
    ja: {
      title: '画像 {file} に値 {value} があります。この取り込みでは黒が {low}、白が {high} です',
      cure: '画像が正しければ、この計測の画像のビット数（[[bits]]）か、黒と白にあたる値（[[blackWhite]]）を指定して、もう一度取り込んでください。',
    },
  },
  'image-bits-mixed': {
    status: 422,
    en: {
      title:
        'Images are read as {bits} bits, because {file} reaches the value {value}; yet nearly all values of others stay within {usual} bits, and come out dark',
      cure: 'Nothing is to be done if dark parts are dark. If the camera measures {usual} bits, say so ([[bits]]): an image that goes beyond is then refused and not cut off. Images of several cameras stand best in columns of their own.',
    },
    ja: {
      title:
        '{file} に値 {value} があるため画像を {bits} ビットとして読みますが、ほかの画像の値はほとんど {usual} ビットに収まり、暗く読み取られます',
      cure: '実際に暗い部品であれば、そのままで構いません。カメラが {usual} ビットのときは、そう指定してください（[[bits]]）。それを超える画像は切り捨てずに除きます。カメラごとに列を分けるのが確実です。',
    },
  },
  'image-bits-earlier': {
    status: 422,
    en: {
      title:
        'Images are read as {bits} bits, as in the imports before; yet those looked at stay within {usual} bits, and come out dark',
      cure: 'Nothing is to be done if dark parts are dark. If another camera or setting took them, say how many bits a value has ([[bits]]).',
    },
    ja: {
      title:
        '以前の取り込みと同じく画像を {bits} ビットとして読みますが、確認した画像は {usual} ビットに収まり、暗く読み取られます',
      cure: '実際に暗い部品であれば、そのままで構いません。カメラや設定が変わったときは、値のビット数を指定してください（[[bits]]）。',
    },
  },
  'image-pages': {
    status: 422,
    en: {
      title:
        '{count} of {of} images looked at hold several images each ({file}: {pages}); the first one is read',
      cure: 'Nothing is to be done if the first one is meant. Of a TIFF another page can be named ([[page]]); of an animation, save the frame that is meant.',
    },
    ja: {
      title:
        '確認した画像 {of} 枚のうち {count} 枚は複数の画像を含みます（{file}：{pages} 枚）。最初の 1 枚を読みます',
      cure: '最初の画像でよければ、そのままで構いません。TIFF ではほかのページを指定できます（[[page]]）。アニメーションでは、使う 1 枚を保存し直してください。',
    },
  },
  'image-colours': {
    status: 422,
    en: {
      title: '{grey} of {of} images looked at are grey, the others are in colour (one of the fewer: {file})',
      cure: 'Nothing is to be done if that is meant: all are brought to the colours of the plan. Else use images of one camera setting, or give each camera a column of its own.',
    },
    ja: {
      title: '確認した画像 {of} 枚のうち {grey} 枚はグレー、残りはカラーです（少ない方の例：{file}）',
      cure: 'そのつもりであれば、そのままで構いません。すべて計画書の色の数にそろえます。そうでなければ、同じ撮影条件の画像を使うか、カメラごとに列を分けてください。',
    },
  },
  'image-outside': {
    status: 403,
    en: {
      title: 'The image {file} lies outside the chosen folder',
      cure: 'Only files inside the folder are read. Copy the image into it and name it relative to it.',
    },
    ja: {
      title: '画像 {file} は選んだフォルダーの外にあります',
      cure: 'フォルダー内のファイルだけを読みます。画像をフォルダーに入れ、そこからの相対名で書いてください。',
    },
  },
  'image-unreadable': {
    status: 422,
    en: {
      title: 'The image {file} cannot be decoded: {problem}',
      cure: 'Save it again as PNG, JPEG, TIFF, WebP, GIF or BMP. Until then the image counts as missing.',
    },
    ja: {
      title: '画像 {file} を読み取れません：{problem}',
      cure: 'PNG、JPEG、TIFF、WebP、GIF、BMP のいずれかで保存し直してください。それまでこの画像は欠測として扱います。',
    },
  },
  'image-crash': {
    status: 422,
    en: {
      title: 'Reading the image {file} makes the image reader crash ({reason})',
      cure: 'Open it in another program and save it again as PNG or TIFF. All other images are read; until then this one counts as missing.',
    },
    ja: {
      title: '画像 {file} を読むと画像の読み取り処理が異常終了します（{reason}）',
      cure: '別のソフトで開き、PNG か TIFF で保存し直してください。ほかの画像は読み取ります。それまでこの画像は欠測として扱います。',
    },
  },
  'image-memory': {
    status: 413,
    en: {
      title: 'The image {file} takes more than {limit} of memory to read',
      cure: 'Save a smaller copy, or one as PNG or TIFF that is neither interlaced nor progressive. All other images are read; until then this one counts as missing.',
    },
    ja: {
      title: '画像 {file} の読み取りには {limit} を超えるメモリーが要ります',
      cure: '小さくするか、インターレースやプログレッシブではない PNG か TIFF で保存し直してください。ほかの画像は読み取ります。それまでこの画像は欠測として扱います。',
    },
  },
  'image-slow': {
    status: 413,
    en: {
      title: 'The image {file} takes more than {seconds} seconds to read',
      cure: 'Copy it to a disk of this computer if it lies on a slow one; else save it again as PNG or TIFF. Until then it counts as missing.',
    },
    ja: {
      title: '画像 {file} の読み取りに {seconds} 秒より長くかかります',
      cure: '遅いドライブにある場合はこのパソコンにコピーし、そうでなければ PNG か TIFF で保存し直してください。それまでこの画像は欠測として扱います。',
    },
  },
  'image-large': {
    status: 413,
    en: {
      title: 'The image {file} is too large: {size}, at most {limit}',
      cure: 'Save a smaller copy. Until then the image counts as missing.',
    },
    ja: {
      title: '画像 {file} が大きすぎます：{size}（上限 {limit}）',
      cure: '小さくした画像を保存してください。それまでこの画像は欠測として扱います。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
