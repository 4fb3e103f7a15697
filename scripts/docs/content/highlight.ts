import type { RootContent } from "hast";
import { toHtml } from "hast-util-to-html";
import { common, createLowlight } from "lowlight";
import { Html } from "../html.js";
import { highlightJson } from "./highlight-json.js";
import { Kept } from "./kept.js";

const shown = ["bash", "json", "typescript", "yaml"];
const lowlight = createLowlight(Object.fromEntries(Object.entries(common).filter(([name]) => shown.includes(name))));
lowlight.registerAlias({ bash: ["sh"], typescript: ["ts"] });

/** A program text with its parts marked by classes; text in an unknown language stays as it is. */
export function highlight(code: string, language: string): RootContent[] {
  return lowlight.registered(language) ? lowlight.highlight(language, code).children : [{ type: "text", value: code }];
}

// The same answer to an error stands on many pages.
const markups = new Kept<Html>();

/** The same as markup. */
export function highlighted(code: string, language: string): Html {
  return markups.get(`${language}\n${code}`, () =>
    language === "json" ? highlightJson(code) : new Html(toHtml({ type: "root", children: highlight(code, language) })),
  );
}
