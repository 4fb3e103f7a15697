import { createRequire } from "node:module";
import { Html, html } from "../html.js";
import { highlightJson } from "./highlight-json.js";
import { Kept } from "./kept.js";

// highlight.js is what lowlight wraps. lowlight's own entry loads all of its 190 languages, which takes longer than to
// highlight everything on the site.
const require = createRequire(createRequire(import.meta.url).resolve("lowlight"));
const highlighter: Highlighter = require("highlight.js/lib/core");
for (const name of ["bash", "typescript", "yaml"]) {
  highlighter.registerLanguage(name, require(`highlight.js/lib/languages/${name}`));
}
const names: Readonly<Record<string, string>> = { sh: "bash", ts: "typescript" };

interface Highlighter {
  registerLanguage(name: string, language: unknown): void;
  getLanguage(name: string): unknown;
  /** `value` is HTML, in which all text has been escaped. */
  highlight(code: string, options: { language: string }): { value: string };
}

// The same answer to an error stands on many pages.
const markups = new Kept<Html>();

/** A program text with its parts marked by classes; text in an unknown language stays as it is. */
export function highlighted(code: string, language: string): Html {
  return markups.get(`${language}\n${code}`, () => highlight(code, names[language] ?? language));
}

function highlight(code: string, language: string): Html {
  if (language === "json") return highlightJson(code);
  if (highlighter.getLanguage(language) === undefined) return html`${code}`;
  // Outside of attributes quotes need no escape, and there are many.
  const { value } = highlighter.highlight(code, { language });
  return new Html(value.replaceAll("&quot;", '"').replaceAll("&#x27;", "'"));
}
