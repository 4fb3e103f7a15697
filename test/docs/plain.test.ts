import fc from "fast-check";
import { toHtml } from "hast-util-to-html";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toHast } from "mdast-util-to-hast";
import { gfm } from "micromark-extension-gfm";
import { expect, test } from "vitest";
import { plainParagraphs } from "../../scripts/docs/content/plain.js";

/** What a whole Markdown parser makes of a text. */
function parsed(text: string): string {
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return toHtml(toHast(tree));
}

const pieces = [
  ..."abcZé0129 .,;:()'\"%?!–…/=+#{}$-_`*[]<>&|~@\\^\n",
  ...[
    "\n\n",
    "  \n",
    "\n- ",
    "\n1. ",
    "\n===",
    "\n---",
    "\n# ",
    "\n    ",
    "```",
    "www.a.b",
    "http://a.b",
    "a@b.cd",
    "&amp;",
  ],
  ...["`code`", "` a `", "`<&>`", "``", "snake_case", " word ", "Sentence. ", "\t", "a\\`b`c`"],
];

test("a text that is not read as Markdown looks exactly as if it had been", () => {
  let plain = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (parts) => {
      const text = parts.join("");
      const paragraphs = plainParagraphs(text);
      if (!paragraphs) return;
      plain++;
      expect(paragraphs.map((inside) => `<p>${inside}</p>`).join("\n")).toBe(parsed(text));
    }),
    { numRuns: 60_000, seed: 1 },
  );
  expect(plain).toBeGreaterThan(1_000);
});

test.each([
  "Lists the memories of a tenant, newest first; `limit` is 1 to 100.",
  "One paragraph\nover two lines.\n\nAnd `another` one.",
  "The field snake_case (optional), 5 % of it.",
])("a description such as %j is not", (text) => {
  expect(plainParagraphs(text)).toBeDefined();
});
