/** Lines that are looked at. */
const linesLooked = 300;
/** Lines that are enough to see columns in. */
const leastLines = 3;
/** Blanks that no words stand so far apart by. */
const leastBlanks = 2;
/** Share of the lines that have something on both sides of a gap. */
const mostLines = 0.9;

/**
 * True if lines are columns that blanks alone keep apart: at the same places, two or more wide, in all of them.
 * @param lines first lines of a file
 */
export function areAligned(lines: readonly string[]): boolean {
  const filled = lines
    .slice(0, linesLooked)
    .filter((line) => line.trim() !== '')
    .map((line) => line.trimEnd());
  if (filled.length < leastLines) return false;
  const width = Math.max(...filled.map(({ length }) => length));
  let blanks = 0;
  for (let at = 0; at < width; at++) {
    const isBlank = filled.every((line) => at >= line.length || line[at] === ' ');
    if (!isBlank && blanks >= leastBlanks) {
      const [start, end] = [at - blanks, at];
      const parted = filled.filter(
        (line) => line.slice(0, start).trim() !== '' && line.slice(end).trim() !== '',
      );
      if (parted.length >= mostLines * filled.length) return true;
    }
    blanks = isBlank ? blanks + 1 : 0;
  }
  return false;
}
