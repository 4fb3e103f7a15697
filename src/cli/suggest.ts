/**
 * The name that was probably meant: the one with the fewest letters to change, if they are few.
 *
 * @returns ` Did you mean "…"?`, with the space, or an empty text.
 */
export function didYouMean(given: string, names: readonly string[]): string {
  const ranked = names.map((name) => ({ name, distance: distance(given.toLowerCase(), name.toLowerCase()) }));
  const [best] = ranked.sort((a, b) => a.distance - b.distance);
  const few = Math.max(1, Math.floor(given.length / 3));
  return best && best.distance <= few ? ` Did you mean "${best.name}"?` : "";
}

/** How many letters must be inserted, removed or replaced to turn one text into the other (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1)!;
}
