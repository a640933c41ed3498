/** Progress on a terminal: one line a worker, redrawn in place; on a pipe, a line whenever something new begins. */
export class ProgressLines {
  readonly #names: readonly string[];
  readonly #lines = new Map<string, { fraction: number; text: string; topic: string }>();
  readonly #stream: NodeJS.WriteStream;
  #drawn = 0;
  #lastDraw = 0;

  constructor(names: readonly string[], stream: NodeJS.WriteStream = process.stderr) {
    this.#names = names;
    this.#stream = stream;
  }

  /**
   * Sets a worker's line. `topic` names what is new enough to be told on a pipe (`round 3`); `text` is the line's end.
   */
  update(name: string, fraction: number, topic: string, text: string): void {
    const before = this.#lines.get(name);
    this.#lines.set(name, { fraction, text, topic });
    if (this.#stream.isTTY) {
      if (Date.now() - this.#lastDraw >= 100) this.#draw();
    } else if (before?.topic !== topic) {
      this.#stream.write(`${name}: ${topic}\n`);
    }
  }

  /** Draws the last state and leaves the lines standing. */
  finish(): void {
    if (this.#stream.isTTY) this.#draw();
    this.#lines.clear();
    this.#drawn = 0;
  }

  #draw(): void {
    this.#lastDraw = Date.now();
    if (this.#drawn > 0) this.#stream.moveCursor(0, -this.#drawn);
    this.#drawn = 0;
    const width = Math.max(...this.#names.map((name) => name.length));
    for (const name of this.#names) {
      const line = this.#lines.get(name);
      if (!line) continue;
      const filled = Math.round(line.fraction * 24);
      const bar = '█'.repeat(filled) + '░'.repeat(24 - filled);
      const text = `${name.padEnd(width)} ${bar} ${String(Math.round(line.fraction * 100)).padStart(3)} % ${line.text}`;
      this.#stream.clearLine(0);
      this.#stream.write(`${text.slice(0, (this.#stream.columns ?? 80) - 1)}\n`);
      this.#drawn++;
    }
  }
}

/** A table for a terminal: columns as wide as their widest cell, numbers to the right. */
export function textTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const isNumber = header.map((_, column) =>
    rows.every((row) => /^[\d.,–\-+ ]*( ?[a-zA-Z%]+)?$/.test(row[column] ?? '')),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        isNumber[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join('  ');
  return [line(header), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
