import type { BuiltDocs } from "./docs.js";
import { type BuiltApi, stages } from "./pipeline.js";
import { table } from "./terminal.js";

/**
 * What was built, as two tables that fit 80 columns: what each API amounts to, and where the time went.
 *
 * @param docs what was made of the documentation, and the milliseconds it took; undefined if it was not asked for.
 * @param total milliseconds of the whole run.
 */
export function summarize(apis: readonly BuiltApi[], docs: SummedDocs | undefined, total: number): string {
  const facts = table(
    [
      ["API", "Operations", "Schemas", "Events", "Documented", "Observed", "Inferred", "Lint"],
      ...apis.map(({ api, facts: { operations, schemas, events, evidence }, warnings }) => {
        const all = evidence.documented + evidence.observed + evidence.inferred;
        const share = (count: number) => `${((count / all) * 100).toFixed(0)} %`;
        return [
          api.name,
          String(operations),
          String(schemas),
          String(events),
          share(evidence.documented),
          share(evidence.observed),
          share(evidence.inferred),
          warnings.length === 0 ? "clean" : `${warnings.length} ${warnings.length === 1 ? "warning" : "warnings"}`,
        ];
      }),
    ],
    [1, 2, 3, 4, 5, 6],
  );
  const times = table(
    [
      ["Seconds", ...stages],
      ...apis.map(({ api, times: spent }) => [api.name, ...stages.map((stage) => seconds(spent.get(stage)))]),
    ],
    stages.map((_stage, index) => index + 1),
  );
  const site = docs ? `${documentation(docs)}\n` : "";
  return `${facts}\n\n${times}\n\n${site}${seconds(total)} s in all. A dash: nothing had changed.`;
}

function documentation({ pages, rendered, milliseconds }: SummedDocs): string {
  const made = rendered === undefined ? "unchanged" : `${rendered} of them made anew`;
  return `Documentation: ${pages} pages, ${made}; ${seconds(milliseconds)} s.`;
}

type SummedDocs = BuiltDocs & { readonly milliseconds: number };

function seconds(milliseconds: number | undefined): string {
  return milliseconds === undefined ? "-" : (milliseconds / 1000).toFixed(2);
}
