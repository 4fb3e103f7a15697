import fc from "fast-check";
import { toHtml } from "hast-util-to-html";
import { common, createLowlight } from "lowlight";
import { expect, test } from "vitest";
import { highlightJson } from "../../scripts/docs/content/highlight-json.js";

const lowlight = createLowlight(Object.fromEntries(Object.entries(common).filter(([name]) => name === "json")));

/** Each marked piece of a text, and what it is marked as. */
function marks(markup: string): [kind: string, text: string][] {
  const found = markup.matchAll(/<span class="hljs-(attr|string|number|literal)">((?:(?!<\/span>).)*)/gs);
  return [...found].map(([, kind = "", text = ""]) => [kind, text.replace(/<[^>]*>/g, "")]);
}

const decode = (text: string) =>
  text
    .replace(/&(?:quot|#34|#x22);/g, '"')
    .replace(/&(?:#39|#x27);/g, "'")
    .replace(/&(?:lt|#x3C);/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&(?:amp|#x26);/g, "&");

test("JSON is marked as highlight.js marks it, and every character is kept", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
      const code = JSON.stringify(value, null, indent);
      const markup = highlightJson(code).toString();
      expect(decode(markup.replace(/<\/?span[^>]*>/g, ""))).toBe(code);
      const theirs = toHtml(lowlight.highlight("json", code));
      const read = (all: [string, string][]) => all.map(([kind, text]) => [kind, decode(text)]);
      expect(read(marks(markup))).toEqual(read(marks(theirs)));
    }),
    { numRuns: 2_000, seed: 1 },
  );
});

test("what is no JSON, or would be markup, is text", () => {
  expect(highlightJson('<b> "</span><script>" …').toString()).toBe(
    '&lt;b&gt; <span class="hljs-string">&quot;&lt;/span&gt;&lt;script&gt;&quot;</span> …',
  );
});
