/** Words of one language: those that mean "nothing" anywhere, and those that say so of a number or a picture only. */
interface LanguageWords {
  readonly nothing: string;
  readonly bad: string;
}

/** By language, with bars between the words; none that may as well be an answer, as a plain "no". */
const languages: Readonly<Record<string, LanguageWords>> = {
  german: {
    nothing:
      'keine|keine angabe|keine angaben|keine daten|kein wert|keine messung|ohne wert|ohne angabe|nicht gemessen|nicht geprüft|nicht erfasst|nicht vorhanden|nicht verfügbar|nicht zutreffend|nicht anwendbar|entfällt|unbekannt|leer|k. a.|k.a|n.v.|n. v.|n.z.',
    bad: 'fehler|fehlt|defekt|ungültig|überlauf|messfehler|außerhalb',
  },
  french: {
    nothing:
      'aucun|aucune|aucune donnée|néant|rien|sans objet|s.o.|non mesuré|non mesurée|non renseigné|non applicable|non disponible|pas de mesure|pas de donnée|pas de données|inconnu|vide|n.d.|n/d',
    bad: 'erreur|manquant|défaut|hors plage',
  },
  spanish: {
    nothing:
      'ninguno|ninguna|sin dato|sin datos|sin medir|no medido|no aplica|no disponible|desconocido|vacío',
    bad: 'falta|fallo|inválido|fuera de rango',
  },
  portuguese: {
    nothing: 'nenhum|nenhuma|sem dados|não medido|não aplicável|não disponível|desconhecido|vazio',
    bad: 'erro|falha|fora da faixa',
  },
  italian: {
    nothing: 'nessuno|nessuna|nessun dato|non misurato|non applicabile|non disponibile|sconosciuto|vuoto',
    bad: 'errore|mancante|fuori scala',
  },
  dutch: {
    nothing: 'geen|geen data|geen gegevens|niet gemeten|niet van toepassing|n.v.t.|nvt|onbekend|leeg',
    bad: 'fout|ontbreekt',
  },
  nordic: {
    nothing:
      'saknas|ej mätt|ej uppmätt|inga data|okänd|ikke målt|ingen data|ukendt|ukjent|ei mitattu|ei tietoa',
    bad: 'fel|fejl|feil|puuttuu',
  },
  polish: {
    nothing:
      'brak|brak danych|brak pomiaru|nie dotyczy|nie zmierzono|nie mierzono|niezmierzone|nieznany|nieznane|puste|żaden',
    bad: 'błąd|brak sygnału|poza zakresem',
  },
  czech: {
    nothing:
      'žádný|žádná|žádné|žádná data|bez údajů|bez hodnoty|neměřeno|nezměřeno|neuvedeno|není|nelze měřit|neznámé|prázdné|žiadny|žiadna|žiadne|bez údajov|nemerané|neuvedené|nie je',
    bad: 'chyba|mimo rozsah',
  },
  hungarian: {
    nothing: 'nincs|nincs adat|nincs mérés|nem mért|nem mérhető|ismeretlen|üres',
    bad: 'hiba|hiányzik',
  },
  romanian: {
    nothing: 'niciunul|niciuna|fără date|fără valoare|nemăsurat|lipsă|necunoscut|gol',
    bad: 'eroare',
  },
  russian: {
    nothing:
      'нет данных|нет значения|не измерено|не измерялось|не применимо|отсутствует|неизвестно|пусто|н/д|н.д.|немає даних|не виміряно',
    bad: 'ошибка|нет сигнала|вне диапазона',
  },
  turkish: {
    nothing: 'yok|veri yok|ölçülmedi|ölçüm yok|bilinmiyor|boş',
    bad: 'hata|sinyal yok',
  },
  vietnamese: {
    nothing:
      'không có|không có dữ liệu|không có giá trị|không đo|không đo được|chưa đo|chưa có|chưa có dữ liệu|không áp dụng|không rõ|để trống|bỏ trống|trống',
    bad: 'lỗi|hỏng|mất tín hiệu|ngoài phạm vi',
  },
  thai: { nothing: 'ไม่มี|ไม่มีข้อมูล|ไม่ได้วัด|ไม่ทราบ|ว่าง', bad: 'ผิดพลาด|เสีย' },
  indonesian: {
    nothing: 'tidak ada|tidak ada data|tidak diukur|belum diukur|tidak diketahui|tiada|tiada data|kosong',
    bad: 'rusak|galat',
  },
  chinese: {
    nothing:
      '无|没有|无数据|无记录|无值|未测|未测量|未检|未检测|未检验|未填|未填写|未记录|缺测|不适用|不详|未知|空|沒有|無資料|無數據|無記錄|未測|未量測|未檢|未檢測|未填寫|不適用',
    bad: '缺失|异常|错误|故障|超量程|超出范围|錯誤|異常值|超出範圍',
  },
  korean: {
    nothing:
      '없음|해당없음|해당 없음|데이터없음|데이터 없음|값 없음|미측정|미입력|미기재|미검사|측정불가|측정 불가|측정안함|측정 안함|측정 안 함|기록 없음|알수없음|알 수 없음|빈칸|공란',
    bad: '불량|오류|에러|이상|누락|결측|범위초과|범위 초과|단선',
  },
};

function wordsIn(which: keyof LanguageWords): readonly string[] {
  return Object.values(languages).flatMap((own) => own[which].split('|'));
}

/** Words that mean "nothing", of the languages beside English and Japanese. */
export const otherNothing: readonly string[] = wordsIn('nothing');

/** Words of these languages that say of a number or of a picture that it is none. */
export const otherBadReadings: readonly string[] = wordsIn('bad');
