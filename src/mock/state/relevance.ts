/** Words that tell nothing of what is looked for. */
const stopWords = new Set(
  [
    "a about an and are as at be by did do does for from had has have how i in is it its me my of on or our that the",
    "their they this to was we were what when where which who why will with you your",
  ].flatMap((line) => line.split(" ")),
);

/**
 * How well a text fits a query, from 0 to 1: the square root of the share of the query's words that are in the text. The
 * root lifts what has some of the words to about where a server that goes by meaning ranks it.
 *
 * @returns a function of the texts to compare, with four decimals.
 */
export function relevanceOf(query: string): (texts: readonly string[]) => number {
  const all = new Set(wordsOf(query));
  const telling = [...all].filter((word) => !stopWords.has(word));
  const wanted = (telling.length > 0 ? telling : [...all]).map(stem);
  return (texts) => {
    if (wanted.length === 0) return 0;
    const there = new Set(texts.flatMap(wordsOf).map(stem));
    const found = wanted.filter((word) => there.has(word)).length;
    return Math.round(Math.sqrt(found / wanted.length) * 10_000) / 10_000;
  };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** `meetings`, `meeting` and `meet`, or `planned` and `plan`, count as the same word. */
function stem(word: string): string {
  const singular = word.replace(/(?<=..[^s])s$/, "");
  const bare = singular.replace(/(?<=...)(ing|ed)$/, "");
  return bare === singular ? singular : bare.replace(/([^aeiouls])\1$/, "$1");
}
