import { plainName } from '../cells/series-names.ts';

/** Words of one language: those that are nothing else wherever they stand in a row, and those that name a row only as its id. */
interface RowWords {
  readonly surest?: string;
  readonly asId: string;
}

/** Words for a row that sums others up or sets their limits, by language, with bars between the words. */
const languages: Readonly<Record<string, RowWords>> = {
  english: {
    surest: 'total|totals|subtotal|sub total|grand total|sum|mean|average',
    asId: 'avg|ave|ave.|median|st.dev|st dev|min|max|minimum|maximum|std|stdev|std dev|std.dev|stddev|standard deviation|sd|s.d|sigma|variance|var|range|cv|cp|cpk|count|summary|percent|percentage|yield|usl|lsl|ucl|lcl|nominal|spec|specification|tolerance|upper limit|lower limit|target',
  },
  signs: { asId: 'σ|3σ|6σ|x̄|x̅|x-bar|ø|⌀|µ|μ|∑' },
  german: {
    surest: 'summe|gesamt|gesamtsumme|zwischensumme|mittelwert',
    asId: 'mittel|mittelw|stdabw|std-abw|standardabw|streuung|x-quer|anzahl n|standardabweichung|varianz|spannweite|anzahl|minimalwert|maximalwert|prozent|sollwert|toleranz|obere grenze|untere grenze|durchschnitt',
  },
  french: {
    surest: 'somme',
    asId: 'moyenne|moy|écart-type|écart type|médiane|étendue|nombre|pourcentage|tolérance',
  },
  spanish: {
    asId: 'promedio|suma|media|mediana|desviación estándar|desviación|cantidad|porcentaje|tolerancia',
  },
  portuguese: { asId: 'soma|média|mediana|desvio padrão|desvio|quantidade|tolerância' },
  italian: { asId: 'somma|totale|mediana|deviazione standard|conteggio|tolleranza' },
  dutch: { surest: 'totaal|gemiddelde', asId: 'som|standaardafwijking|aantal|tolerantie' },
  polish: {
    surest: 'razem',
    asId: 'suma|średnia|mediana|odchylenie|odchylenie standardowe|liczba|procent|tolerancja',
  },
  russian: {
    surest: 'итого|всего',
    asId: 'сумма|среднее|среднее значение|медиана|минимум|максимум|отклонение|стандартное отклонение|количество|процент|допуск',
  },
  vietnamese: {
    surest: 'tổng|tổng cộng',
    asId: 'trung bình|cộng|giá trị trung bình|độ lệch chuẩn|lớn nhất|nhỏ nhất|số lượng|phần trăm|dung sai',
  },
  korean: {
    surest: '합계|총계|소계|평균',
    asId: '평균값|최대|최대값|최소|최소값|표준편차|편차|중앙값|개수|비율|상한|하한|규격|공차',
  },
  chinese: {
    surest: '合计|总计|小计|總計|平均值',
    asId: '总和|最大值|最小值|标准差|標準差|中位数|数量|百分比|上限|下限|规格|公差|目标值',
  },
  japanese: {
    surest: '合計|小計|総計|総合計|平均|平均値',
    asId: '計|総数|合計値|不良数|不良率|最大|最大値|最小|最小値|標準偏差|偏差|分散|中央値|範囲|件数|個数|集計|割合|比率|上限|下限|上限値|下限値|規格|規格値|規格上限|規格下限|管理上限|管理下限|公差|目標値|基準値',
  },
};

const wordsOf = (words = '') =>
  words
    .split('|')
    .map(plainName)
    .filter((word) => word !== '');

/** Words that name such a row wherever they stand in it. */
export const surestWords: ReadonlySet<string> = new Set(
  Object.values(languages).flatMap(({ surest }) => wordsOf(surest)),
);

/** All of them. */
export const summaryWords: ReadonlySet<string> = new Set(
  Object.values(languages).flatMap(({ surest, asId }) => [...wordsOf(surest), ...wordsOf(asId)]),
);
