/**
 * Makes a function that asks one question at a time: while one is on its way only the newest of the following is kept.
 * A slider that moves faster than its answers come shows the last place, and nothing piles up.
 */
export function latest<Question>(ask: (question: Question) => Promise<void>): (question: Question) => void {
  let busy = false;
  let next: { readonly question: Question } | undefined;
  async function run(question: Question): Promise<void> {
    busy = true;
    await ask(question);
    busy = false;
    const waiting = next;
    next = undefined;
    if (waiting) run(waiting.question);
  }
  return (question) => {
    if (busy) next = { question };
    else run(question);
  };
}
