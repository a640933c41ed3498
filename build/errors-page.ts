import { controls } from '../protocol/controls.ts';
import type { ErrorEntry } from '../protocol/errors/entry.ts';
import { retiredCodes } from '../protocol/errors/retired.ts';
import { errorTable } from '../protocol/errors.ts';

/** Page of all errors, sorted by code, as `docs/errors.md` holds it. */
export function errorsPage(): string {
  const codes = Object.keys(errorTable) as (keyof typeof errorTable)[];
  return `# Errors

Every error that a person or a peer can meet: its code, the HTTP status it travels under (RFC 9457), what happened, and
what to do. A word in braces is filled in where the error occurs; a control is named as the window has it and as the command
line does. \`npm run docs\` writes this page from the table in
\`protocol/errors.ts\`; a test keeps the two equal.

${codes
  .toSorted()
  .map((code) => sectionOf(code, errorTable[code]))
  .join('\n')}
## Codes that are not used again

${retiredCodes.map((code) => `- \`${code}\``).join('\n')}
`;
}

function sectionOf(code: string, { status, en, ja }: ErrorEntry): string {
  return `## ${code}

Status ${status}

- **${escaped(en.title)}**
  ${escaped(named(en.cure, 'en'))}
- **${escaped(ja.title)}**
  ${escaped(named(ja.cure, 'ja'))}
`;
}

/** A cure with its controls as they are named in both places. */
function named(cure: string, language: 'en' | 'ja'): string {
  return cure.replace(/\[\[([^\]]+)\]\]/g, (_, name: keyof typeof controls) => {
    const { window, command } = controls[name];
    return `${window[language]} / ${command[language]}`;
  });
}

/** A text with a backslash before each sign that Markdown would take for a mark or a tag. */
function escaped(text: string): string {
  return text.replace(/[*_<>[\]\\]/g, '\\$&');
}
