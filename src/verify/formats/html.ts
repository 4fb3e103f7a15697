import type { VerifyReport } from "../report.js";
import { details, subjectOf } from "./details.js";
import { coverageRows, effortOf, openPoints, verdictOf } from "./summary.js";
import { escaped } from "./xml.js";

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
dl{display:grid;grid-template-columns:8rem 1fr;gap:.2rem 1rem;margin:0}dt{opacity:.7}dd{margin:0}
code{overflow-wrap:anywhere;white-space:pre-wrap}article{border-left:.3rem solid #888;padding-left:1rem;margin:1.5rem 0}
.error{border-color:#c62828}.warning{border-color:#b26a00}td{padding-right:1.5rem}:root{color-scheme:light dark}`;

/** A page that stands alone: no script, and nothing from any other host. */
export function html(report: VerifyReport): string {
  const { api, title, version, server, findings } = report;
  const rows = coverageRows(report).map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`);
  const articles = findings.map((found) => {
    const items = details(found).map(([name, value]) => `<dt>${name}</dt><dd><code>${escaped(value)}</code></dd>`);
    const heading = `<h2>${found.check} <small>${found.fault.code} ${escaped(found.fault.name)}</small></h2>`;
    const subject = `<p>${found.severity}: <b>${escaped(subjectOf(found))}</b>. ${escaped(found.message)}</p>`;
    return `<article class="${found.severity}">${heading}${subject}<dl>${items.join("")}</dl></article>`;
  });
  const open = openPoints(report).map(
    ([heading, points]) =>
      `<h2>${escaped(heading)}</h2><ul>${points.map((point) => `<li>${escaped(point)}</li>`).join("")}</ul>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>agent-apis verify ${escaped(api)}</title>
<style>${STYLE}</style>
<h1>${escaped(`${title} ${version}`)}</h1>
<p><b>${escaped(verdictOf(report))}</b> ${escaped(effortOf(report))}; <code>${escaped(server)}</code>, ${report.started.toISOString()}.</p>
<table>${rows.join("")}</table>
${articles.join("\n")}
${open.join("\n")}
</html>
`;
}
