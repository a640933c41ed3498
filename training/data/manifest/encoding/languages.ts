/**
 * Letters of the languages that plants write notes in, for telling encodings apart: a wrong encoding gives letters that are valid
 * and rare, stand in the wrong case, or beside those of another script.
 */

export type Script =
  | 'latin'
  | 'cyrillic'
  | 'greek'
  | 'hebrew'
  | 'arabic'
  | 'thai'
  | 'japanese'
  | 'simplified'
  | 'traditional'
  | 'korean'
  | 'any';

interface LanguageEntry {
  readonly script: Script;
  /** Letters beyond ASCII, small ones alone, the commonest first; of ideographs and syllables the common ones. */
  readonly letters: string;
  /** How many of a hundred letters are beyond ASCII. */
  readonly share: number;
  /** Words of notes that are written with ASCII letters alone, and are no English ones. */
  readonly words?: string;
  /** Pairs of letters that are common. */
  readonly pairs?: string;
}

/** Commonest ideographs of Japanese notes, and the words of inspection. */
const japanese =
  '日一国人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨' +
  '部品番号検査良不合格否傷有無汚異常正測定値所備考材料質設備機械工程温度圧力速振動音画像写真色黒赤青黄緑形変面裏表側端角穴径厚幅重量寸法公差欠割折曲錆油塵打痕付着剥離漏破損摩耗交換再確認要済可注意記録担当者時刻号機直夜勤朝昼結果判最終初期標準平均合計小大多少位置内外側中央全部軽微浅深細粗光沢滑薄濃若干目視外観袖襟丈布糸縫生地染柄溶接不足取良好管理修正対応交換部組立締緩傾偏心曇染斑筋線溝段孔溶剤塗装膜';
/** Commonest of simplified Chinese, and the words of inspection. */
const simplified =
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运' +
  '检验划痕缺陷脏污损坏合格零件编号备注温度压力图片良品不良异常裂纹毛刺变形磨损尺寸超差漏油生锈焊缝气孔边缘需返均匀偏移侧颜螺钉轴承弯曲凹坑刮伤标签缺失断清洁松动密封厚薄宽长短粗糙镀涂层喷漆铸造冷热处理';
/** Of traditional Chinese. */
const traditional =
  '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加月話合回特代內信表化老給世位次度門任常先海通教原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活更別打女變四總何電數安少報才結反受目太量再感建務做接必場件計管期市直資命山金指許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊檢驗劃痕缺陷髒污損壞零編號備註溫壓圖片良異裂紋刮傷邊緣毛刺需返工焊接氣孔漏油側顏均勻偏移尺寸超公差螺絲軸承彎曲凹坑標籤缺失斷清潔鬆動密封厚薄寬短粗糙鍍塗層噴漆鑄造冷熱處';
/** Commonest syllables of Korean. */
const korean =
  '이다는에의가을를은고하지로기사어한정상불량도시자리나인수서대해보적제있일그것과부들아스게여거면전라만장성주공유구선조니비원소동경안용모위오신중실개계화물관세양호검측번온압력진색음무결함품외치오염손크흠없음미터영향출입재료표집에깨짐모서치공차초과온너높발견합격왼쪽누유색균용접부기포긁힘변형마모파손균열도장얼룩두께폭길이높낮교체수리확인필요없';

/** Languages, by the name that `encodings.ts` calls them. */
export const languages = {
  any: { script: 'any', letters: '', share: 10 },
  English: {
    ...{ script: 'latin', letters: 'éèñöüïç', share: 0.02 },
    words: 'the of and with note no ok edge left right scratch dark light part',
  },
  German: {
    ...{ script: 'latin', letters: 'üäöß', share: 2 },
    words:
      'und der die das auf mit am im ist nicht ein eine zu von bei kratzer rand teil links rechts nach leicht tief gut mehr oder aus den dem',
  },
  French: {
    ...{ script: 'latin', letters: 'éèàêçôûîùâïëœ', share: 3.5 },
    words:
      'le la les de des du et est sur une un bord dans avec sans pas trop peu au aux rayure droite gauche',
  },
  Spanish: {
    ...{ script: 'latin', letters: 'óíáéñúü', share: 2.5 },
    words:
      'el la los las de del en y con sin no muy pieza por para borde un una izquierdo derecho otra vez se es',
  },
  Portuguese: {
    ...{ script: 'latin', letters: 'ãçáéíóõêúâàô', share: 4 },
    words: 'o a os as de da do em na no com sem e um uma riscado lado borda por para',
  },
  Italian: {
    ...{ script: 'latin', letters: 'èàùìòé', share: 2 },
    words: 'il la lo gli le di del della e con sul sulla non un una bordo graffio per pezzo in',
  },
  Dutch: {
    ...{ script: 'latin', letters: 'ëéïöü', share: 0.3 },
    words: 'de het een en van op met niet rand kras te aan in is',
  },
  Danish: {
    ...{ script: 'latin', letters: 'øåæéö', share: 3 },
    words: 'og en et er ikke med ved til fra ridse kant den det af som rett av kanten',
  },
  Swedish: {
    ...{ script: 'latin', letters: 'äåöé', share: 5 },
    words: 'och en ett inte med vid till av den det kant repa som fel',
  },
  Finnish: {
    ...{ script: 'latin', letters: 'äöåš', share: 5 },
    words: 'ja on ei naarmu pinnassa reunassa liian kun',
  },
  Estonian: {
    ...{ script: 'latin', letters: 'äõüöšž', share: 4 },
    words: 'ja on ei kriimustus pinnal serv liiga',
  },
  Catalan: {
    ...{ script: 'latin', letters: 'óàèíéçúòïü·', share: 3 },
    words: 'el la els les de del amb i no una un vora',
  },
  Icelandic: {
    ...{ script: 'latin', letters: 'ðíáþæöéóúý', share: 12 },
    words: 'og er ekki rispa vi til um sem',
  },
  Polish: {
    ...{ script: 'latin', letters: 'łęążśóćńź', share: 7 },
    words: 'i na w z nie do rysa brzeg jest po od przy strony',
  },
  Czech: {
    ...{ script: 'latin', letters: 'íáéěřýčžšůúťňďóö', share: 13 },
    words: 'a na v z ne do je po od povrchu okraj hrana',
  },
  Slovak: {
    ...{ script: 'latin', letters: 'áíéčýžťšúľôňäďóĺŕ', share: 11 },
    words: 'a na v z nie do je po od povrchu okraj hrana',
  },
  Hungarian: {
    ...{ script: 'latin', letters: 'áéöóőíüúű', share: 11 },
    words: 'a az egy nem van karc is bal jobb',
  },
  Romanian: {
    ...{ script: 'latin', letters: 'ăîâșțşţ', share: 6 },
    words: 'pe de la cu nu este margine din un o si piesa',
  },
  Croatian: {
    ...{ script: 'latin', letters: 'čšžćđ', share: 3.5 },
    words: 'i na u je nije s od ogrebotina rub do',
  },
  Turkish: {
    ...{ script: 'latin', letters: 'ışüğçöâî', share: 11 },
    words: 've bir de da kenar yok var parça sol ile',
  },
  Latvian: {
    ...{ script: 'latin', letters: 'āīēšūņžčļģķ', share: 11 },
    words: 'un ir uz nav no ar virsmas mala',
  },
  Lithuanian: {
    ...{ script: 'latin', letters: 'ėųšįžūčąę', share: 8 },
    words: 'ir yra ne ant su nuo krastas per',
  },
  Vietnamese: {
    ...{
      script: 'latin',
      letters: 'àđướạáôảếấăộờâêớìềầọứịươủúíồéóừệũểẹẩổụỉãõặẽợậốắơưữửựởỡỗễằẳẵẻẫẵỏỹỳýỵèòùĩồ',
      share: 27,
    },
    words: 'khong co tren mat xanh canh trong cho va',
  },
  Russian: {
    ...{ script: 'cyrillic', letters: 'оеаинтсрвлкмдпуяызьбгчйхжшюцщэфёъ', share: 100 },
    pairs:
      'стноенторанапоениековрарепрольталиниероготрескателяналаодетовеннитатьосввоврлоройедиавоазаноморзаепрверхрхноститьпоепнадефактинапкраийыйаяоекрцапрапбепод',
  },
  Ukrainian: {
    ...{ script: 'cyrillic', letters: 'оаинівретскулдмпязьбгйчхцжшїюєщфґ', share: 100 },
    pairs: 'наноститопоеннярарокоротанаовевоприліперпрнинівідріодинимтиверхняпіпокрайсяцькальовоголасьєння',
  },
  Bulgarian: {
    ...{ script: 'cyrillic', letters: 'аиоетнрсвлдкпмзгуъбчящйцжхшюфь', share: 100 },
    pairs: 'натостноеннпопрраверетитоиескаанаталатависвоваинерсъвъдръбаътнияниекрайповърх',
  },
  Serbian: {
    ...{ script: 'cyrillic', letters: 'аиоенрстјвкдупмлгзбшчцњжхћљђџф', share: 100 },
    pairs: 'јенараналикоповестроопредисаријуштосенинепрадааногреботинаповрши',
  },
  Greek: {
    ...{ script: 'greek', letters: 'αοιετνσρηυπκμλςάόίγδωέήθχύφώβξζψϊϋΐΰ', share: 100 },
    pairs: 'τοουαιτηςτοντησταειπονοςκαατανμεραροεναςηνιαρισεπκοιτησηςεπιφάνειαχαράκια',
  },
  Hebrew: {
    ...{ script: 'hebrew', letters: 'יוהלאמרתבשנםדעקפחכטזגצןסךףץ', share: 100 },
    pairs: 'יםותהמשלהשואתלאהתרילומהבריהיונבדיהאיתא',
  },
  Arabic: {
    ...{ script: 'arabic', letters: 'اليمنوترهبسدعقفكحجشصةطىخضذأثزغظئإءؤآ', share: 100 },
    pairs: 'المنلتليهاتافيورنالىعلمايةدارطحخدشبلسطعنأن',
  },
  Persian: {
    ...{ script: 'arabic', letters: 'ایرنومدهتبسشکزپگلفعقخجحچصطضغثذژظئآءأؤ', share: 100 },
    pairs: 'انراردهاازسایندبرستشدکهتهآن',
  },
  Thai: {
    ...{
      script: 'thai',
      letters: 'านร่อกเง้มียัลวิดทสตะปบคหืพแชุจไขูใโธ์ำซถผ็ภณศษึฟญฐๆ๊๋ฉฮฝฆฎฏฑฒฬฤ๐๑๒๓๔๕๖๗๘๙ฯ',
      share: 100,
    },
    pairs: 'การที่ขอนาระเป็รอยผิวความไม่มีอันปกติงานเสียดีตรจชิ้',
  },
  Japanese: { script: 'japanese', letters: japanese, share: 100 },
  'Simplified Chinese': { script: 'simplified', letters: simplified, share: 100 },
  'Traditional Chinese': { script: 'traditional', letters: traditional, share: 100 },
  Korean: { script: 'korean', letters: korean, share: 100 },
} as const satisfies Record<string, LanguageEntry>;

export type LanguageName = keyof typeof languages;

/** A language with its letters as costs: nats by which each is rarer than certain. */
export interface WrittenLanguage {
  readonly name: LanguageName;
  readonly script: Script;
  readonly costs: ReadonlyMap<string, number>;
  /** Of a letter that is an ASCII one. */
  readonly asciiCost: number;
  readonly words: ReadonlySet<string>;
  readonly pairs: ReadonlySet<string>;
}

/** Cost of an ASCII letter in a language that has none, where codes and units are written with them. */
const strangerCost = 0.4;

const made = new Map<LanguageName, WrittenLanguage>();

/** A language by its name. */
export function writtenLanguage(name: LanguageName): WrittenLanguage {
  let language = made.get(name);
  if (!language) {
    const { script, letters, share, words = '', pairs = '' }: LanguageEntry = languages[name];
    const all = [...new Set(letters)];
    // Frequencies fall by about the same factor from one letter to the next.
    const factor = script === 'latin' ? Math.max(0.72, 1 - 4 / all.length) : 0.875;
    const total = all.reduce((sum, _, rank) => sum + factor ** rank, 0);
    const costs = new Map(
      all.map((letter, rank) => [letter, -Math.log((share / 100) * (factor ** rank / total))]),
    );
    const pairList = [...pairs].flatMap((one, at, list) => (list[at + 1] ? [one + list[at + 1]!] : []));
    const asciiCost = script === 'latin' || script === 'any' ? -Math.log(1 - share / 100) : strangerCost;
    language = { name, script, costs, asciiCost, words: new Set(words.split(' ')), pairs: new Set(pairList) };
    made.set(name, language);
  }
  return language;
}
