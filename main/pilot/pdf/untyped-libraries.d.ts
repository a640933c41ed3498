/** Types of the parts that are used here of the PDF library's own libraries, which ship none. */
declare module 'fontkit' {
  export interface OpenedFont {
    readonly unitsPerEm: number;
    readonly ascent: number;
    hasGlyphForCodePoint(codePoint: number): boolean;
  }
  export function create(file: Uint8Array): OpenedFont;
}

declare module 'linebreak' {
  /** Places where a line may end, by Unicode Standard Annex 14. */
  export default class LineBreaker {
    constructor(text: string);
    nextBreak(): { readonly position: number; readonly required: boolean } | null;
  }
}
