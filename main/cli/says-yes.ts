import { createInterface } from 'node:readline';

/** Asks for a typed yes; nothing typed, or the end of the input, is none. @param question in both languages, without the choices */
export async function saysYes(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  process.stderr.write(`\n${question} (yes / はい): `);
  try {
    for await (const line of lines) return ['yes', 'はい'].includes(line.trim().toLowerCase());
    return false;
  } finally {
    lines.close();
  }
}
