/**
 * What a text would be as HTML, if it is so plain that nobody has to read it as Markdown: paragraphs of words, with program
 * text in backticks. Most descriptions are, and a Markdown parser takes a hundred times as long for them.
 *
 * @returns the inside of each paragraph as HTML, or `undefined` if the text may hold anything else.
 */
export function plainParagraphs(text: string): string[] | undefined {
  const paragraphs = text.replace(/\n+$/, "").split(/\n{2,}/);
  return paragraphs.every(isPlain) ? paragraphs.map(toHtml) : undefined;
}

/** Lines that begin with a word, a number or program text, and hold nothing that has a meaning at some place. */
function isPlain(paragraph: string): boolean {
  return paragraph.split("\n").every((line) => {
    const words = line.replace(/`[^`\\]+`/g, "c");
    return plainLine.test(words) && !/``/.test(line) && !/^\d+[.)](?: |$)|:\/|www\.| {2}| $/i.test(words);
  });
}

/** An underscore inside a word is no emphasis. */
const plainLine = /^[\p{L}\p{N}](?:[\p{L}\p{N} ,.;:()'"%?!–—…/=+#{}$-]|(?<=[\p{L}\p{N}])_(?=[\p{L}\p{N}]))*$/u;

function toHtml(paragraph: string): string {
  return paragraph
    .split(/`([^`\\]+)`/)
    .map((part, index) => (index % 2 === 0 ? part : `<code>${escapeCode(part)}</code>`))
    .join("");
}

/** A code span loses one space on either side, so that it can begin with a backtick (CommonMark 0.31, section 6.1). */
function escapeCode(code: string): string {
  const inner = /^ .*[^ ].* $|^ [^ ] $/s.test(code) ? code.slice(1, -1) : code;
  return inner.replace(/[&<]/g, (character) => (character === "&" ? "&#x26;" : "&#x3C;"));
}
