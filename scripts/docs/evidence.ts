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

/** What part of a description rests on which evidence. */
export interface EvidenceShares {
  readonly total: number;
  readonly shares: readonly { readonly kind: Evidence; readonly percent: number; readonly text: string }[];
  /** The same in one line: `84% documented, 16% inferred, of 1,200 statements`. */
  readonly words: string;
}

/** @param evidence how many statements of the description rest on which kind. */
export function sharesOf(evidence: Readonly<Record<Evidence, number>>): EvidenceShares {
  const total = kinds.reduce((sum, { kind }) => sum + evidence[kind], 0);
  if (total === 0) return { total, shares: [], words: "no evidence has been recorded" };
  const shares = kinds.map(({ kind }) => {
    const percent = (evidence[kind] / total) * 100;
    return { kind, percent, text: round(percent) };
  });
  const listed = shares.map(({ kind, text }) => `${text} ${kind}`).join(", ");
  return { total, shares, words: `${listed}, of ${total.toLocaleString("en")} statements` };
}

/** A bar with one piece per kind of evidence, and a legend that says the same in words. */
export function evidenceBar(evidence: Readonly<Record<Evidence, number>>): Html {
  const { total, shares } = sharesOf(evidence);
  if (total === 0) return html`<p class="evidence">No evidence has been recorded.</p>`;
  let x = 0;
  const pieces = shares.map(({ kind, percent }) => {
    const start = x;
    x += percent;
    // Geometry as attributes: a style attribute would be refused by the page's Content-Security-Policy.
    return (
      percent > 0 &&
      html`<rect class="${kind}" x="${start}" y="0" width="${Math.max(percent - (x < 99.9 ? gap : 0), gap)}" height="4"/>`
    );
  });
  const words = kinds.map(({ kind }) => `${evidence[kind]} ${kind}`).join(", ");
  return html`<div class="evidence">
<svg class="shares" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label="Evidence of ${total} statements: ${words}">${pieces}</svg>
<ul class="legend">
${shares.map(({ kind, text }) => html`<li class="${kind}"><b>${text}</b> <span>${kind}</span></li>\n`)}</ul>
</div>`;
}

/** Rounds for reading, but never says "all" or "nothing" of what is almost that. */
function round(percent: number): string {
  if (percent > 0 && percent < 1) return "<1%";
  if (percent > 99 && percent < 100) return ">99%";
  return `${Math.round(percent)}%`;
}
