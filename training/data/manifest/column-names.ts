/** Unique column names: `['id', '', 'x', 'x']` → `['id', 'column 2', 'x', 'x (2)']`. */
export function uniqueNames(cells: readonly string[]): string[] {
  const seen = new Set<string>();
  return cells.map((cell, index) => {
    const name = cell === '' ? `column ${index + 1}` : cell;
    let own = name;
    for (let count = 2; seen.has(own); count++) own = `${name} (${count})`;
    seen.add(own);
    return own;
  });
}
