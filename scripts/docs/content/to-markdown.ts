import { sharesOf } from "../evidence.js";
import { type Badge, type Block, badgeText, type Entry, type Field, type Sample } from "./block.js";
import { rewriteLinks } from "./links.js";
import type { Lead } from "./markdown.js";

/** Writes a page's blocks as Markdown. */
export function blocksToMarkdown(blocks: readonly Block[], lead: Lead): string {
  return blocks.map((block) => blockToMarkdown(block, lead)).join("\n\n");
}

function blockToMarkdown(block: Block, lead: Lead): string {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(block.depth)} ${rewriteLinks(block.text, lead)}${badges(block.badges ?? [])}`;
    case "prose":
      return rewriteLinks(block.markdown, lead).trim();
    case "code":
      return [...(block.title === undefined ? [] : [`${rewriteLinks(block.title, lead)}:`]), fence(block)].join("\n\n");
    case "samples":
      return block.samples.map(sample).join("\n\n");
    case "fields":
      return fields(block.fields, lead, "");
    case "facts":
      return block.facts.map(([name, text]) => `- ${name}: ${rewriteLinks(text, lead)}`).join("\n");
    case "entries":
      return block.entries.map((entry) => entryToMarkdown(entry, lead)).join("\n");
    case "shares":
      return `How it is known: ${sharesOf(block.evidence).words}.`;
    case "table":
      return [block.head, block.head.map(() => "---"), ...block.rows]
        .map((row) => `| ${row.map((cell) => inCell(rewriteLinks(cell, lead))).join(" | ")} |`)
        .join("\n");
    case "fold":
      return [`**${rewriteLinks(block.summary, lead)}**`, blocksToMarkdown(block.blocks, lead)].join("\n\n");
    case "notice":
      return rewriteLinks(block.markdown, lead).trim().replace(/^/gm, "> ").replace(/ +$/gm, "");
  }
}

function entryToMarkdown({ title, href, request, badges: marks = [], description }: Entry, lead: Lead): string {
  const sent = request ? `: \`${request.method} ${request.path}\`` : "";
  const said = description ? `: ${rewriteLinks(description, lead)}` : "";
  return `- [${title.replace(/[[\]]/g, "\\$&")}](${lead(href) ?? ""})${sent}${badges(marks)}${said}`;
}

function sample({ name, language, code, output }: Sample): string {
  const printed = output === undefined ? [] : ["It prints:", fence({ language: "text", code: output })];
  return [`${name}:`, fence({ language, code }), ...printed].join("\n\n");
}

/** A fence that is longer than any inside. */
function fence({ language, code }: { language: string; code: string }): string {
  const longest = Math.max(2, ...[...code.matchAll(/^`+/gm)].map(([ticks]) => ticks.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${code.replace(/\n$/, "")}\n${ticks}`;
}

function fields(list: readonly Field[], lead: Lead, indent: string): string {
  return list
    .map(({ name, type, badges: marks, description, notes, fields: inner }) => {
      const said = [rewriteLinks(description, lead).trim(), notes.map((note) => rewriteLinks(note, lead)).join(" ")];
      const text = said.filter((part) => part !== "").join("\n\n");
      const head = `${indent}- \`${name}\` (${type})${badges(marks)}`;
      const body = text === "" ? "" : `\n\n${text.replace(/^(?=.)/gm, `${indent}  `)}`;
      return `${head}${body}${inner.length === 0 ? "" : `\n\n${fields(inner, lead, `${indent}  `)}`}`;
    })
    .join("\n");
}

function badges(list: readonly Badge[]): string {
  return list
    .map((badge) => {
      const source = badge.kind === "evidence" && badge.source ? `: ${badge.source}` : "";
      return ` *(${badgeText(badge)}${source})*`;
    })
    .join("");
}

function inCell(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").replaceAll(/(?<!\\)\|/g, "\\|");
}
