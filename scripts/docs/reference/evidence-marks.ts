import type { Evidenced } from "../../openapi.js";
import { badgeText } from "../content/block.js";
import { html } from "../html.js";

/** Members that hold values, in which nothing is a description. */
const values = new Set(["example", "examples", "default", "enum", "const"]);

/** Members that hold names: `example` is a field there. */
const maps = new Set(["properties", "patternProperties", "$defs", "schemas", "parameters", "headers", "responses"]);

/**
 * A document whose descriptions begin with marks for how each part is known and which parts are secrets. Redoc shows
 * descriptions alone, and lets a `span` with a class through.
 */
export function withMarks<T>(node: T, isMap = false): T {
  if (Array.isArray(node)) return node.map((item) => withMarks(item)) as T;
  if (typeof node !== "object" || node === null) return node;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    copy[key] = !isMap && values.has(key) ? value : withMarks(value, !isMap && maps.has(key));
  }
  if (isMap) return copy as T;
  const marks = marksOf(copy);
  if (marks === "") return copy as T;
  const { description } = copy;
  return { ...copy, description: typeof description === "string" ? `${marks}\n\n${description}` : marks } as T;
}

function marksOf(node: Evidenced & { "x-sensitive"?: unknown; readOnly?: unknown }): string {
  const { "x-evidence": evidence, "x-source": source, "x-sensitive": secret, readOnly } = node;
  const marks = [
    secret === true &&
      html`<span class="badge secret">${badgeText({ kind: "secret", once: readOnly === true })}</span>`,
    evidence !== undefined && html`<span class="badge ${evidence}">${evidence}</span>`,
    evidence !== undefined && source !== undefined && html`<span class="source">${source}</span>`,
  ];
  return marks.filter(Boolean).join(" ");
}
