import { performance } from "node:perf_hooks";
import { buildDocs, type DocsOptions } from "./docs.js";
import { type BuildOptions, type BuildResult, build } from "./pipeline.js";
import { BrokenDescriptionError, formatProblems } from "./problems.js";
import { projectRoot } from "./project.js";
import { summarize } from "./summary.js";
import { hasColour, StatusLine } from "./terminal.js";

/**
 * Builds everything, with progress and a summary on standard output.
 *
 * @param docs how to make the documentation; none is made by default.
 * @returns undefined if the descriptions or the documentation have errors, which then have been printed on standard error.
 */
export async function runBuild(options: BuildOptions, docs?: DocsOptions): Promise<BuildResult | undefined> {
  const root = options.root ?? projectRoot;
  const start = performance.now();
  const status = new StatusLine(process.stdout);
  try {
    const result = await build({
      ...options,
      onStage: (api, stage, kept) => status.show(`${api}: ${stage} ${kept ? "unchanged" : "done"}`),
    });
    const before = performance.now();
    if (docs) status.show("documentation");
    const made = docs ? await buildDocs(root, result, docs) : undefined;
    const end = performance.now();
    status.clear();
    for (const { warnings } of result.apis) {
      if (warnings.length > 0) process.stderr.write(`${formatProblems(warnings, root, hasColour(process.stderr))}\n\n`);
    }
    process.stdout.write(`${summarize(result.apis, made && { ...made, milliseconds: end - before }, end - start)}\n`);
    return result;
  } catch (error) {
    status.clear();
    if (!(error instanceof BrokenDescriptionError)) throw error;
    process.stderr.write(`${formatProblems(error.problems, root, hasColour(process.stderr))}\n\n`);
    process.stderr.write(`${error.message}.\n`);
    return undefined;
  }
}
