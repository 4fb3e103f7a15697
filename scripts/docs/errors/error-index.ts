import type { Page } from "../content/page.js";
import type { DocumentedApi } from "../model.js";
import { type ErrorKind, errorTitle, knownUses } from "./error-kinds.js";
import { meaningOfKind } from "./meaning.js";

/**
 * The page that lists all errors of an API.
 *
 * @param guide the guide on errors, if there is one.
 */
export function errorIndexPage(api: DocumentedApi, kinds: readonly ErrorKind[], guide: string | undefined): Page {
  const { document, name } = api;
  return {
    address: `${name}/errors/index`,
    kind: "error",
    api: name,
    title: "All errors",
    description: `Every status and code that the ${document.info.title} documents for unsuccessful answers.`,
    keywords: ["error codes", "statuses"],
    trail: [{ title: document.info.title, address: `${name}/index` }],
    blocks: [
      {
        kind: "prose",
        markdown: `Every status and code that is documented for unsuccessful answers. A status stands here by itself where it may come without a known code.${guide ? ` How to handle them is in [the guide](guide:${guide}).` : ""}`,
      },
      {
        kind: "table",
        head: ["Error", "Meaning", "Operations"],
        rows: kinds.map((kind) => [
          `[${inline(errorTitle(kind))}](error:${kind.id})`,
          meaningOfKind(document, kind),
          String(countOperations(kind)),
        ]),
      },
    ],
  };
}

/** A code may have marks of Markdown in it, as in `not_a_repo`. */
function inline(text: string): string {
  return text.replace(/[_*[\]]/g, "\\$&");
}

function countOperations(kind: ErrorKind): number {
  return new Set(knownUses(kind).map(({ method }) => method)).size;
}
