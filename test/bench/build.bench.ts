import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findApis } from "../../scripts/project.js";
import { table } from "../../scripts/terminal.js";
import { type Copy, copyProject, root } from "../scripts/copy.js";
import { type Cost, measure, median, sum } from "./measure.js";

// The build against the same tools called one after another from the command line, both from nothing; then the build
// again with nothing changed. Prints times, peak memory and the ratios that the project holds itself to.

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const require = createRequire(import.meta.url);

/** The file that a package's command runs. */
function command(packageName: string, name: string): string {
  const manifest = require.resolve(`${packageName}/package.json`);
  return join(dirname(manifest), require(manifest).bin[name]);
}

/** The product's own steps with the tools' own commands. */
async function sequence(copy: Copy, folder: string): Promise<Cost> {
  const redocly = command("@redocly/cli", "redocly");
  const costs: Cost[] = [];
  for (const { name } of await findApis(root)) {
    const bundle = join(folder, `${name}.json`);
    const steps = [
      [redocly, "lint", name],
      [redocly, "bundle", name, "-o", join(folder, `${name}.yaml`)],
      [redocly, "bundle", name, "-o", bundle],
      [redocly, "bundle", name, "-o", join(folder, `${name}-3.1.yaml`)],
      [
        command("@stoplight/spectral-cli", "spectral"),
        "lint",
        bundle,
        "-r",
        join("specs", "rules", "spectral", `${name}.js`),
      ],
      [redocly, "build-docs", name, "-o", join(folder, `${name}.html`), "--inlineBundle"],
    ];
    for (const step of steps) costs.push(await measure(step, copy.root));
    // In the folder of the project it would read redocly.yaml, with a core too old for the plugin.
    costs.push(
      await measure([command("openapi-typescript", "openapi-typescript"), bundle, "-o", `${name}.ts`], folder),
    );
  }
  return sum(costs);
}

const copy = await copyProject();
const folder = await mkdtemp(join(tmpdir(), "agent-apis-bench-"));
const build = ["--import", "tsx/esm", join(root, "scripts/build.ts"), "--docs", "--root", copy.root];
try {
  const cold: Cost[] = [];
  const warm: Cost[] = [];
  const tools: Cost[] = [];
  for (let round = 0; round < rounds; round++) {
    await rm(join(copy.root, ".cache"), { recursive: true, force: true });
    await rm(join(copy.root, "generated"), { recursive: true, force: true });
    cold.push(await measure(build, copy.root));
    warm.push(await measure(build, copy.root));
    tools.push(await sequence(copy, folder));
  }
  const rows = [
    ["the tools one after another", median(tools)],
    ["npm run build, cold", median(cold)],
    ["npm run build, warm", median(warm)],
  ] as const;
  const figures = rows.map(([name, { milliseconds, peakBytes }]) => [
    name,
    (milliseconds / 1000).toFixed(2),
    String(Math.round(peakBytes / 1e6)),
  ]);
  process.stdout.write(`${table([["", "seconds", "peak MB"], ...figures], [1, 2])}\n\n`);
  const ratio = (a: Cost, b: Cost) => (a.milliseconds / b.milliseconds).toFixed(2);
  const peak = Math.max(...cold.map((cost) => cost.peakBytes)) / 1e6;
  process.stdout.write(
    `${table(
      [
        ["", "measured", "aim"],
        ["cold / tools one after another", ratio(median(cold), median(tools)), "at most 0.60"],
        ["warm / cold", ratio(median(warm), median(cold)), "at most 0.15"],
        ["peak memory of a cold build", `${peak.toFixed(0)} MB`, "below 700 MB"],
      ],
      [1],
    )}\n\nMedians of ${rounds} rounds on Node ${process.versions.node}.\n`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
  await copy.remove();
}
