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

/** How many letters must be inserted, removed, replaced or swapped with their neighbour to turn one text into another. */
function distance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, index) => index)];
  const at = (row: number, column: number) => rows[row]![column]!;
  for (let i = 1; i <= from.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= to.length; j++) {
      const replaced = at(i - 1, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      rows[i]!.push(
        Math.min(
          at(i, j - 1) + 1,
          at(i - 1, j) + 1,
          replaced,
          swapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(from.length, to.length);
}
