/**
 * A JSDoc comment.
 *
 * @param paragraphs Markdown; empty ones are left out.
 * @param indent how far the comment is indented.
 */
export function jsdoc(paragraphs: readonly (string | undefined)[], indent = ""): string {
  const lines = paragraphs
    .filter((paragraph): paragraph is string => Boolean(paragraph?.trim()))
    .flatMap((paragraph, index) => [...(index > 0 ? [""] : []), ...paragraph.trim().split("\n")])
    // A comment inside the text would end this one.
    .map((line) => line.replaceAll("*/", "*\\/"));
  if (lines.length === 0) return "";
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}
