import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { banner } from "./banner.js";
import type { Bundle } from "./bundle.js";
import { openCache } from "./cache.js";
import type { Facts } from "./facts.js";
import { hash, hashFiles } from "./files.js";
import { compare, type Difference, type Output, write } from "./output.js";
import { BrokenDescriptionError, distinct, type Problem } from "./problems.js";
import { type Api, findApis, projectRoot } from "./project.js";
import { rulesetOf } from "./threads/conventions.js";
import { Workers } from "./workers.js";

/** The stages, in the order of the summary. */
export const stages = ["lint", "bundle", "conventions", "types", "client"] as const;
export type Stage = (typeof stages)[number];

/** What was made of one API. */
export interface BuiltApi {
  readonly api: Api;
  readonly bundle: Bundle;
  readonly facts: Facts;
  readonly warnings: readonly Problem[];
  /** Milliseconds by stage; a stage whose result was kept from earlier has none. */
  readonly times: ReadonlyMap<Stage, number>;
}

export interface BuildOptions {
  /** The folder that holds specs/, redocly.yaml and generated/; this project by default. */
  root?: string;
  /** Only these APIs; all by default. */
  apis?: readonly string[];
  /** Only tell how generated/ differs, and write nothing. */
  check?: boolean;
  /** Called when a stage of an API is done. */
  onStage?: (api: string, stage: Stage, kept: boolean) => void;
}

export interface BuildResult {
  readonly apis: readonly BuiltApi[];
  /** What was brought up to date or, with `check`, what is not. */
  readonly differences: readonly Difference[];
  /** A hash of everything the build depends on besides the descriptions. */
  readonly tools: string;
}

/**
 * Makes everything in generated/ but the documentation. Nothing is written unless all descriptions are in order.
 *
 * @throws {BrokenDescriptionError} when a description has errors.
 */
export async function build(options: BuildOptions = {}): Promise<BuildResult> {
  const root = options.root ?? projectRoot;
  const apis = await findApis(root, options.apis);
  const tools = await hashTools();
  const workers = new Workers(root);
  try {
    const settled = await Promise.allSettled(apis.map((api) => buildApi(api, root, tools, workers, options.onStage)));
    const problems = settled.flatMap((result) => {
      if (result.status === "fulfilled") return [];
      if (result.reason instanceof BrokenDescriptionError) return result.reason.problems;
      throw result.reason;
    });
    if (problems.length > 0) throw new BrokenDescriptionError(problems);
    const built = settled.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    const output: Output = new Map(
      built.flatMap(({ api, files }) => [...files].map(([name, text]) => [`${api.name}/${name}`, text])),
    );
    const folder = join(root, "generated");
    const differences = await compare(
      folder,
      output,
      ownedBy(apis, options.apis === undefined || options.apis.length === 0),
    );
    if (!options.check && differences.length > 0) await write(folder, output, differences);
    return { apis: built, differences, tools };
  } finally {
    await workers.close();
  }
}

async function buildApi(api: Api, root: string, tools: string, workers: Workers, onStage: BuildOptions["onStage"]) {
  const cache = openCache(join(root, ".cache"));
  const times = new Map<Stage, number>();
  const run = async <T>(stage: Stage, key: string, make: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const { value, kept } = await cache.remember(`${api.name}-${stage}`, hash(tools, key), make);
    if (!kept) times.set(stage, performance.now() - start);
    onStage?.(api.name, stage, kept);
    return value;
  };

  const isSource = (path: string) => path.endsWith(".yaml") && !path.startsWith("workflows/");
  const sources = await hashFiles([api.folder], isSource);
  const workflows = await hashFiles([join(api.folder, "workflows")]);
  const configuration = ["redocly.yaml", ".redocly.lint-ignore.yaml", join("specs", "rules")];
  const rules = await hashFiles(configuration.map((path) => join(root, path)));

  const warnings = await run("lint", hash(sources, workflows, rules), async () => {
    workers.prepare("conventions");
    workers.prepare("types");
    const { lint } = await import("./lint.js");
    return refuseErrors(await lint(root, api));
  });

  const { value: shipped } = await cache.remember(`${api.name}-workflows`, hash(tools, workflows), async () =>
    (await import("./workflows.js")).workflowFiles(api),
  );

  const made = await run("bundle", sources, async () => {
    const [{ bundle }, { countFacts }] = await Promise.all([import("./bundle.js"), import("./facts.js")]);
    const bundled = await bundle(api);
    return { bundle: bundled, facts: countFacts(bundled.document) };
  });
  const { document, forTypes, json, yaml, yaml31 } = made.bundle;

  const [conventionWarnings, types, client] = await Promise.all([
    run("conventions", hash(json, await hashFiles([rulesetOf(root, api.name)])), async () => {
      const breaches = await workers.run("conventions", api.name, document);
      const { toProblems } = await import("./breaches.js");
      return refuseErrors(await toProblems(api, breaches));
    }),
    run("types", JSON.stringify(forTypes), () => workers.run("types", api.name, forTypes)),
    run("client", JSON.stringify(forTypes), async () =>
      (await import("./clients/client.js")).compileClient(api.name, forTypes),
    ),
  ]);

  const files = new Map([
    ["openapi.yaml", yaml],
    ["openapi.json", json],
    ["openapi-3.1.yaml", yaml31],
    ["types.ts", `${banner(api.name)}\n${types}`],
    ["client.ts", client],
    ...Object.entries(shipped),
  ]);
  return { api, ...made, files, times, warnings: [...warnings, ...conventionWarnings] };
}

/** The problems, all of them warnings. */
function refuseErrors(problems: readonly Problem[]): Problem[] {
  const found = distinct(problems);
  if (found.some(({ severity }) => severity === "error")) throw new BrokenDescriptionError(found);
  return found;
}

/** The scripts and the versions of the libraries they use: with another of either, nothing kept from earlier counts. */
function hashTools(): Promise<string> {
  return hashFiles([join(projectRoot, "scripts"), join(projectRoot, "package-lock.json")]);
}

/** Which files in generated/ a build is responsible for; a build of all APIs also for those of an API that is gone. */
function ownedBy(apis: readonly Api[], all: boolean): (path: string) => boolean {
  return (path) => {
    const [folder = ""] = path.split("/");
    if (folder === "docs" || folder.startsWith(".")) return false;
    return all || apis.some(({ name }) => name === folder);
  };
}
