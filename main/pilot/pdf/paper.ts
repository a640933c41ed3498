import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { openTypeOf } from './woff.ts';

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

/**
 * BIZ UDPGothic (SIL Open Font License 1.1), a face made for documents that everyone must be able to read; it holds
 * Japanese and Latin. Only the letters that occur go into the file.
 */
const faces = {
  regular: '@fontsource/biz-udpgothic/files/biz-udpgothic-japanese-400-normal.woff',
  bold: '@fontsource/biz-udpgothic/files/biz-udpgothic-japanese-700-normal.woff',
} as const;

interface TextStyle {
  readonly size: number;
  readonly bold?: boolean;
  readonly colour?: string;
  readonly align?: 'left' | 'right' | 'center';
}

/** Sheet of paper that text and shapes are put on at given places; it never goes on to a second one by itself. */
export interface Sheet {
  /** Writes text in a column and gives the place below it. */
  text(text: string, x: number, y: number, width: number, style: TextStyle): number;
  /** Height that text takes in a column. */
  heightOf(text: string, width: number, style: TextStyle): number;
  rectangle(x: number, y: number, width: number, height: number, colour: string): void;
  line(points: readonly (readonly [number, number])[], colour: string, width?: number): void;
  image(png: Uint8Array, x: number, y: number, width: number, height: number): void;
  /** Ends the drawing and gives the bytes of the file. */
  finish(): Promise<Uint8Array>;
}

const opened = new Map<keyof typeof faces, Buffer>();

function faceFile(face: keyof typeof faces): Buffer {
  const known = opened.get(face);
  if (known) return known;
  const path = createRequire(import.meta.url).resolve(faces[face]);
  const file = openTypeOf(readFileSync(path));
  opened.set(face, file);
  return file;
}

/** Opens an empty sheet. @param title the document's own title, for whoever lists or reads it aloud */
export async function openSheet(title: string, language: string): Promise<Sheet> {
  // Loaded with the first sheet: the library would slow every start of the app.
  const { default: PDFDocument } = await import('pdfkit');
  const pdf = new PDFDocument({
    ...{ size: 'A4', margin: 0, lang: language, displayTitle: true },
    // Given here, so that none of the library's own faces is looked for on the disk.
    font: faceFile('regular') as never,
    info: { Title: title, Creator: 'FedRecon Workstation', Producer: 'FedRecon Workstation' },
  });
  pdf.registerFont('regular', faceFile('regular'));
  pdf.registerFont('bold', faceFile('bold'));
  const chunks: Buffer[] = [];
  const ended = new Promise<Uint8Array>((resolve) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
  });
  const face = ({ size, bold }: TextStyle) => pdf.font(bold ? 'bold' : 'regular').fontSize(size);
  // The face's own lines stand close together.
  const options = (width: number, { size, align = 'left' }: TextStyle) => ({
    width,
    align,
    lineGap: size * 0.16,
  });
  const heightOf: Sheet['heightOf'] = (text, width, style) => {
    face(style);
    return pdf.heightOfString(printable(text), options(width, style));
  };
  return {
    heightOf,
    text(text, x, y, width, style) {
      const height = heightOf(text, width, style);
      // Below the paper's end the library would open another sheet.
      if (y + height <= paper.height)
        face(style)
          .fillColor(style.colour ?? ink.text)
          .text(printable(text), x, y, options(width, style));
      return y + height;
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
    finish: () => {
      pdf.end();
      return ended;
    },
  };
}

/** Replacements of signs that the face lacks by near ones that it has. */
const missing: Readonly<Record<string, string>> = { '→': '>', '←': '<', '≤': '<=', '≥': '>=', '％': '%' };

function printable(text: string): string {
  return text.replace(/[→←≤≥％]/g, (sign) => missing[sign]!);
}
