/** Types of the parts that are used here of the PDF library's own libraries, which ship none. */
declare module 'fontkit' {
  /** A step of an outline with its coordinates, in units of the font, upwards. */
  export interface OutlineStep {
    readonly command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath';
    readonly args: readonly number[];
  }
  export interface OpenedFont {
    readonly unitsPerEm: number;
    readonly ascent: number;
    readonly descent: number;
    hasGlyphForCodePoint(codePoint: number): boolean;
    /** A text as glyphs with how far each moves the pen. */
    layout(text: string): {
      readonly glyphs: readonly { readonly path: { readonly commands: readonly OutlineStep[] } }[];
      readonly positions: readonly {
        readonly xAdvance: number;
        readonly xOffset: number;
        readonly yOffset: number;
      }[];
    };
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
