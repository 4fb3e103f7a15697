import { relativeAddress } from "../content/links.js";
import type { Page } from "../content/page.js";
import type { DocumentedApi } from "../model.js";

/** Pages under a heading, in the order in which an agent would want them. */
export interface Section {
  readonly title: string;
  readonly pages: readonly Page[];
}

/** The pages of an API by what they are; operations by their tag. Sections without pages are left out. */
export function sectionsOf({ document }: DocumentedApi, pages: readonly Page[]): Section[] {
  const ofKind = (kind: Page["kind"]) => pages.filter((page) => page.kind === kind);
  const operations = ofKind("operation");
  const tags = (document.tags ?? []).map(({ name }) => name);
  const untagged = operations.filter(({ group }) => group === undefined || !tags.includes(group));
  return [
    { title: "Guides", pages: ofKind("guide") },
    ...tags.map((tag) => ({
      title: `Operations: ${tag}`,
      pages: operations.filter(({ group }) => group === tag),
    })),
    { title: "Operations", pages: untagged },
    { title: "Webhooks", pages: ofKind("webhook") },
    { title: "Errors", pages: ofKind("error") },
    { title: "Changes", pages: ofKind("changelog") },
  ].filter(({ pages: found }) => found.length > 0);
}

/** Pages as a list of links to their Markdown, each with what it is about. */
export function linkList(from: string, pages: readonly Page[]): string {
  return pages
    .map(({ address, title, eyebrow, description }) => {
      const request = eyebrow ? `\`${eyebrow.method} ${eyebrow.path}\`. ` : "";
      return link(from, `${address}.md`, title, `${request}${firstSentence(description)}`);
    })
    .join("\n");
}

/** An item of a list: a link with a note. */
export function link(from: string, to: string, title: string, note: string): string {
  const label = title.replace(/[[\]]/g, "\\$&");
  return `- [${label}](${relativeAddress(from, to, "")})${note === "" ? "" : `: ${note}`}`;
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}
