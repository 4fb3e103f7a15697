import type { Facts } from "../facts.js";
import type { Evidence } from "../openapi.js";
import { type Html, html } from "./html.js";

/** The kinds of evidence, strongest first, with what each one means. */
export const kinds = [
  {
    kind: "documented",
    name: "Documented",
    meaning: "Printed in the vendor’s documentation, or written in source that the vendor has released.",
  },
  { kind: "observed", name: "Observed", meaning: "Seen in the answers of a running server." },
  {
    kind: "inferred",
    name: "Inferred",
    meaning: "Concluded from what is known. Likely, but nobody promises it: check before you rely on it.",
  },
] as const satisfies readonly { kind: Evidence; name: string; meaning: string }[];

const gap = 0.6;

/**
 * A bar with one piece per kind of evidence, and a legend that says the same in words.
 *
 * @param evidence how many statements of the description rest on which kind.
 */
export function evidenceBar(evidence: Facts["evidence"]): Html {
  const total = kinds.reduce((sum, { kind }) => sum + evidence[kind], 0);
  if (total === 0) return html`<p class="evidence">No evidence has been recorded.</p>`;
  let x = 0;
  const pieces = kinds.map(({ kind }) => {
    const width = (evidence[kind] / total) * 100;
    const start = x;
    x += width;
    // Geometry as attributes: a style attribute would be refused by the page's Content-Security-Policy.
    return (
      width > 0 &&
      html`<rect class="${kind}" x="${start}" y="0" width="${Math.max(width - (x < 99.9 ? gap : 0), gap)}" height="4"/>`
    );
  });
  const words = kinds.map(({ kind }) => `${evidence[kind]} ${kind}`).join(", ");
  return html`<div class="evidence">
<svg class="shares" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label="Evidence of ${total} statements: ${words}">${pieces}</svg>
<ul class="legend">
${kinds.map(({ kind }) => html`<li class="${kind}"><b>${share(evidence[kind], total)}</b> <span>${kind}</span></li>\n`)}</ul>
</div>`;
}

/** Rounds for reading, but never says "all" or "nothing" of what is almost that. */
function share(count: number, total: number): string {
  const percent = (count / total) * 100;
  if (percent > 0 && percent < 1) return "<1%";
  if (percent > 99 && percent < 100) return ">99%";
  return `${Math.round(percent)}%`;
}
