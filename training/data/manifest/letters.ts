/**
 * How likely a text is one that people write in a plant, for telling encodings apart: each character beyond ASCII gets a
 * score by how usual it is in the languages of that encoding. A wrong encoding yields characters that are valid and
 * rare.
 */

/** Commonest ideographs of Japanese notes, and the words of inspection. */
const japanese =
  '日一国人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨' +
  '部品番号検査良不合格否傷有無汚異常正測定値所備考材料質設備機械工程温度圧力速振動音画像写真色黒赤青黄緑形変面裏表側端角穴径厚幅重量寸法公差欠割折曲錆油塵打痕付着剥離漏破損摩耗交換再確認要済可注意記録担当者時刻号機直夜勤朝昼結果判最終初期標準平均合計小大多少位置内外側中央全部軽微浅深細粗光沢滑薄濃若干目視外観袖襟丈布糸縫生地染柄';
/** Commonest of simplified Chinese, and the words of inspection. */
const simplified =
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运' +
  '检验划痕缺陷脏污损坏合格零件编号备注温度压力图片良品不良异常裂纹毛刺变形磨损尺寸超差漏油生锈';
/** Of traditional Chinese. */
const traditional =
  '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加月話合回特代內信表化老給世位次度門任常先海通教原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活更別打女變四總何電數安少報才結反受目太量再感建務做接必場件計管期市直資命山金指許統區保至隊形社便空決治展馬科司五基眼書非則聽白界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊檢驗劃痕缺陷髒污損壞零編號備註溫壓圖片良異裂紋';
/** Commonest syllables of Korean. */
const korean =
  '이다는에의가을를은고하지로기사어한정상불량도시자리나인수서대해보적제있일그것과부들아스게여거면전라만장성주공유구선조니비원소동경안용모위오신중실개계화물관세양호검측번온압력진색음무결함품외치오염손크흠없음미터영향출입재료';

const common: Readonly<Record<'japanese' | 'simplified' | 'traditional' | 'korean', ReadonlySet<string>>> = {
  japanese: new Set(japanese),
  simplified: new Set(simplified),
  traditional: new Set(traditional),
  korean: new Set(korean),
};

/** What a text in an encoding is made of. */
export type Script = keyof typeof common | 'western' | 'central' | 'cyrillic' | 'any';

/** Letters of Western Europe, and the marks that measurements are written with. */
const westernLetter = /[À-ÖØ-öø-ÿŒœŠšŽžŸ]/;
/** Letters of Central Europe. */
const centralLetter = /[À-ÖØ-öø-ž]/;
const westernMark = /[°µ±×ØøÅÅ²³¼½¾§€£©®«»–—‘’“”„…·÷%‰]/;

/**
 * Mean score of the characters beyond ASCII, about −3 (nonsense) … 2 (as people write), and how many there are.
 * @param text decoded without a refusal; U+FFFD where bytes meant nothing
 */
export function plausibility(text: string, script: Script): { score: number; characters: number } {
  const characters = [...text];
  let score = 0;
  let counted = 0;
  for (const [index, character] of characters.entries()) {
    const code = character.codePointAt(0)!;
    if (code < 0x80) continue;
    counted++;
    score += scoreOf(character, code, script, characters[index - 1] ?? '', characters[index + 1] ?? '');
  }
  return { score: counted === 0 ? 0 : score / counted, characters: counted };
}

function scoreOf(character: string, code: number, script: Script, before: string, after: string): number {
  if (code === 0xfffd || (code >= 0x80 && code < 0xa0) || (code >= 0xe000 && code < 0xf900)) return -4;
  if (script === 'any') return 3;
  if (script === 'western') return westernScore(character, before, after);
  // Its words were looked at: which language they are of, and that it is no other.
  if (script === 'central') return centralLetter.test(character) ? 2 : westernScore(character, before, after);
  if (script === 'cyrillic') return cyrillicScore(character, before);
  // Full-width signs and ideographic punctuation are common to all of them.
  if ((code >= 0xff01 && code <= 0xff5e) || '、。・「」（）〜～％℃㎜№①②③④⑤'.includes(character)) return 1;
  if (code >= 0x3041 && code <= 0x30ff) return script === 'japanese' ? 2 : -2;
  if (code >= 0xff61 && code <= 0xff9f) return script === 'japanese' ? halfWidth(code, before) : -2;
  if (code >= 0xac00 && code <= 0xd7a3)
    return script !== 'korean' ? -2 : common.korean.has(character) ? 2 : 0.2;
  if (code >= 0x4e00 && code <= 0x9fff) {
    if (script === 'korean') return -1;
    return common[script].has(character) ? 2 : 0;
  }
  // Greek letters and signs of units occur alone.
  return /[Ωμαβφσ×±°÷□○●△▲◎※→←↑↓]/.test(character) ? 0.5 : -1;
}

/** Score of half-width kana: a voicing mark follows a letter that can be voiced; punctuation is rare. */
function halfWidth(code: number, before: string): number {
  if (code <= 0xff65) return -1.5;
  const previous = before.codePointAt(0) ?? 0;
  const canBeVoiced =
    (previous >= 0xff76 && previous <= 0xff84) || (previous >= 0xff8a && previous <= 0xff8e);
  if (code >= 0xff9e) return canBeVoiced ? 1.2 : -2;
  return 0.4;
}

/** Score of Western text: a letter stands among plain letters; two marks beyond ASCII in a row are rare. */
function westernScore(character: string, before: string, after: string): number {
  const isNeighbour = (other: string) => other !== '' && other.codePointAt(0)! >= 0x80;
  const crowd = (isNeighbour(before) ? 1 : 0) + (isNeighbour(after) ? 1 : 0);
  if (westernLetter.test(character)) {
    const amongLetters = /[a-z]/i.test(before) || /[a-z]/i.test(after);
    return (amongLetters ? 2 : -0.5) - 1.5 * crowd;
  }
  return (westernMark.test(character) ? 1.2 : -1.5) - 1.5 * crowd;
}

/**
 * Score of Russian and Ukrainian text: small letters that follow letters; a capital inside a word, or a letter of neither, is what
 * other encodings look like.
 */
function cyrillicScore(character: string, before: string): number {
  if (/[a-z]/i.test(before)) return -1;
  if (/[а-яёіїєґ]/.test(character)) return /[А-Яа-яЁёІЇЄҐіїєґ]/.test(before) ? 2 : 1;
  if (/[А-ЯЁІЇЄҐ]/.test(character)) return /[а-яёіїєґ]/.test(before) ? -2 : 0.5;
  return /[°µ±«»–—№“”„…·‰]/.test(character) ? 0.5 : -7;
}
