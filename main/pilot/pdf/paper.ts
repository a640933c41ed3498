import { type Face, loadFaces, mainFace, type Weight } from './faces.ts';
import { linesOf, type Run } from './text-lines.ts';

/** Size and margin of A4, in points. */
export const paper = { width: 595.28, height: 841.89, margin: 34 } as const;

/** The app's light colours. */
export const ink = {
  text: '#17202b',
  quiet: '#4d5a6a',
  line: '#d5dce4',
  surface: '#f3f5f8',
  accent: '#0b5cad',
  measured: '#3d5166',
  reconstructed: '#6b35bd',
  accept: '#00698a',
  flag: '#8a5200',
  reject: '#b3261e',
} as const;

interface TextStyle {
  readonly size: number;
  readonly bold?: boolean;
  readonly colour?: string;
  readonly align?: 'left' | 'right' | 'center';
}

/** Paper that text and shapes are put on at given places; it never goes on to a second sheet by itself. */
export interface Sheet {
  /** Writes text in a column and gives the place below it. */
  text(text: string, x: number, y: number, width: number, style: TextStyle): number;
  /** Height that text takes in a column. */
  heightOf(text: string, width: number, style: TextStyle): number;
  rectangle(x: number, y: number, width: number, height: number, colour: string): void;
  line(points: readonly (readonly [number, number])[], colour: string, width?: number): void;
  image(png: Uint8Array, x: number, y: number, width: number, height: number): void;
  /** Goes on to the next sheet: what follows is put there. */
  turn(): void;
  /** Ends the drawing and gives the bytes of the file. */
  finish(): Promise<Uint8Array>;
}

/** Share of a size between lines: the face's own lines stand close together. */
const lineGap = 0.16;
/** Share of a line's free width that stands before it. */
const before = { left: 0, center: 0.5, right: 1 } as const;

/** Opens an empty sheet. @param title the document's own title, for whoever lists or reads it aloud */
export async function openSheet(title: string, language: string): Promise<Sheet> {
  // Loaded with the first sheet: the library would slow every start of the app.
  const [{ default: PDFDocument }, { default: LineBreaker }] = await Promise.all([
    import('pdfkit'),
    import('linebreak'),
    loadFaces(),
  ]);
  const pdf = new PDFDocument({
    ...{ size: 'A4', margin: 0, lang: language, displayTitle: true },
    // None yet, so that none of the library's own faces is looked for on the disk.
    font: null as never,
    info: { Title: title, Creator: 'FedRecon Workstation', Producer: 'FedRecon Workstation' },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<Uint8Array>((resolve) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
  });
  const registered = new Set<Face>();
  const take = (face: Face, size: number) => {
    if (!registered.has(face)) pdf.registerFont(face.name, face.file as never);
    registered.add(face);
    return pdf.font(face.name).fontSize(size);
  };
  const layOut = (text: string, width: number, { size, bold }: TextStyle) => {
    const weight: Weight = bold ? 700 : 400;
    const measure = ({ face, text: piece }: Run) => take(face, size).widthOfString(piece);
    const lines = linesOf(text, width, weight, measure, LineBreaker);
    const { font } = mainFace(weight);
    const height = take(mainFace(weight), size).currentLineHeight(true) + size * lineGap;
    return { lines, height, ascent: (font.ascent / font.unitsPerEm) * size };
  };
  return {
    heightOf(text, width, style) {
      const { lines, height } = layOut(text, width, style);
      return lines.length * height;
    },
    text(text, x, y, width, style) {
      const { lines, height, ascent } = layOut(text, width, style);
      const below = y + lines.length * height;
      // Below the paper's end the library would open another sheet.
      if (below > paper.height) return below;
      lines.forEach((line, index) => {
        let left = x + (width - line.width) * before[style.align ?? 'left'];
        for (const run of line.runs) {
          const pen = take(run.face, style.size).fillColor(style.colour ?? ink.text);
          pen.text(run.text, left, y + index * height + ascent, {
            lineBreak: false,
            baseline: 'alphabetic',
          });
          left += pen.widthOfString(run.text);
        }
      });
      return below;
    },
    rectangle: (x, y, width, height, colour) => {
      pdf.rect(x, y, width, height).fill(colour);
    },
    line(points, colour, width = 0.7) {
      points.forEach(([x, y], index) => {
        if (index === 0) pdf.moveTo(x, y);
        else pdf.lineTo(x, y);
      });
      pdf.lineWidth(width).lineJoin('round').stroke(colour);
    },
    image: (png, x, y, width, height) => {
      pdf.image(Buffer.from(png), x, y, { fit: [width, height], align: 'center', valign: 'center' });
    },
    turn: () => {
      pdf.addPage({ size: 'A4', margin: 0 });
    },
    finish: () => {
      pdf.end();
      return ended;
    },
  };
}
