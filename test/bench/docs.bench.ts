import { cp, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findApis } from "../../scripts/project.js";
import { table } from "../../scripts/terminal.js";
import { copyProject, root } from "../scripts/copy.js";
import { type Cost, measure, median, ratioOf, sum, verdict } from "./measure.js";

// Every page of the documentation, made from nothing out of descriptions that are built already, against Redoc's own
// command, which makes one page an API; then once more after one schema has changed, and after nothing has.

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const require = createRequire(import.meta.url);
const redocly = join(dirname(require.resolve("@redocly/cli/package.json")), "bin/cli.js");

const copy = await copyProject();
const folder = await mkdtemp(join(tmpdir(), "agent-apis-bench-"));
const apis = await findApis(root);
const build = ["--import", "tsx/esm", join(root, "scripts/build.ts"), "--docs", "--root", copy.root];

async function buildDocsOfRedoc(): Promise<Cost> {
  const costs: Cost[] = [];
  for (const { name } of apis) {
    const bundle = join(copy.root, "generated", name, "openapi.yaml");
    costs.push(await measure([redocly, "build-docs", bundle, "-o", join(folder, `${name}.html`)], folder));
  }
  return sum(costs);
}

/** Rewords a schema of an API, in turn, whose description stands on one line. */
async function changeOneSchema(round: number): Promise<void> {
  const { name } = apis[round % apis.length]!;
  const { components } = require(join(copy.root, "generated", name, "openapi.json"));
  for (const schema of Object.keys(components.schemas)) {
    const path = `specs/${name}/schemas/${schema}.yaml`;
    const changed = await copy
      .edit(path, (text) => text.replace(/^(description: )(\w)/m, `$1Round ${round}. $2`))
      .then(
        () => true,
        () => false,
      );
    if (changed) return;
  }
  throw new Error(`No schema of ${name} has a description to change.`);
}

try {
  await cp(join(root, "docs", "guides"), join(copy.root, "docs", "guides"), { recursive: true });
  await measure(build, copy.root);
  const costs = { redoc: [] as Cost[], cold: [] as Cost[], change: [] as Cost[], warm: [] as Cost[] };
  for (let round = 0; round < rounds; round++) {
    for (const file of ["docs.json", "docs-pages.json"]) await rm(join(copy.root, ".cache", file), { force: true });
    await rm(join(copy.root, "generated", "docs"), { recursive: true, force: true });
    costs.cold.push(await measure(build, copy.root));
    costs.redoc.push(await buildDocsOfRedoc());
    await changeOneSchema(round);
    costs.change.push(await measure(build, copy.root));
    costs.warm.push(await measure(build, copy.root));
  }
  const rows = [
    [`redocly build-docs, ${apis.length} pages`, median(costs.redoc)],
    ["all pages, from nothing", median(costs.cold)],
    ["after one schema has changed, its build included", median(costs.change)],
    ["after nothing has changed", median(costs.warm)],
  ] as const;
  const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(2);
  const figures = rows.map(([name, cost]) => [
    name,
    seconds(cost.milliseconds),
    seconds(cost.processorMilliseconds),
    String(Math.round(cost.peakBytes / 1e6)),
  ]);
  const head = ["", "seconds", "of a processor", "peak MB"];
  process.stdout.write(`${table([head, ...figures], [1, 2, 3])}\n\n`);
  const times = (all: readonly Cost[]) => all.map(({ milliseconds }) => milliseconds);
  const ratio = ratioOf(times(costs.cold), times(costs.redoc));
  const met = verdict(ratio <= 1.5);
  process.stdout.write(`All pages / redocly build-docs: ${ratio.toFixed(2)}; aim: at most 1.5; ${met}\n`);
  process.stdout.write(`Medians of ${rounds} rounds on Node ${process.versions.node}.\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
  await copy.remove();
}
