import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { projectRoot } from "../../../scripts/project.js";
import {
  loadPrism,
  type PrismFinding,
  type PrismOperation,
  type PrismRequest,
} from "../../../src/mock/prism-modules.js";
import { loadDescription } from "../../../src/testing/index.js";
import { operationFinder } from "../../../src/verify/traffic/find-operation.js";
import type { Problem } from "./problem.js";
import type { Exchanged } from "./traffic.js";

const silent = {
  ...Object.fromEntries(
    ["trace", "debug", "info", "success", "warn", "error", "fatal"].map((level) => [level, () => {}]),
  ),
  child: () => silent,
};

const operationsOf = new Map<string, Promise<PrismOperation[]>>();

/**
 * What Prism's proxy reports when the same requests go through it: `prism proxy`, without its HTTP around it. With `--errors`
 * it reports no more, but keeps requests that it takes for invalid from the server.
 *
 * @param server the address of the server.
 */
export async function prismProblems(api: string, log: readonly Exchanged[], server: string): Promise<Problem[]> {
  const prism = loadPrism();
  const operations = await known(api);
  const config = { isProxy: true, upstream: new URL(server), errors: false, validateRequest: true };
  const instance = prism.createInstance(
    { ...config, validateResponse: true, checkSecurity: true, mock: { dynamic: false } },
    { logger: silent },
  );
  const find = operationFinder(loadDescription(api));
  const problems: Problem[] = [];
  for (const { asked } of log) {
    const [path = "", query = ""] = asked.url.split(/\?(.*)/s);
    const operationId = find(asked.method, path)?.operation.operationId ?? "no operation";
    const request: PrismRequest = {
      method: asked.method.toLowerCase(),
      url: { path, query: queryOf(query) },
      headers: asked.headers,
      body: bodyOf(asked.body),
    };
    const result = await within(2000, instance.request(request, operations, {})());
    const add = (ofRequest: boolean) => (found: PrismFinding) => {
      const place = (found.path ?? []).join(".").replace(/\b\d+\b/g, "*");
      problems.push({ text: [operationId, ofRequest, place, found.code, found.message].join(" "), ofRequest });
    };
    if (result === undefined) problems.push({ text: `${operationId} no answer`, ofRequest: false });
    else if (result._tag === "Left") problems.push({ text: `${operationId} ${result.left.name}`, ofRequest: false });
    else {
      const { input, output } = result.right.validations as { input: PrismFinding[]; output?: PrismFinding[] };
      for (const found of input) add(true)(found);
      for (const found of output ?? []) add(false)(found);
    }
  }
  return problems;
}

/** Of the description for tools that stop at OpenAPI 3.1; without callbacks, to whose addresses Prism would send. */
function known(api: string): Promise<PrismOperation[]> {
  const made = operationsOf.get(api) ?? load(api);
  operationsOf.set(api, made);
  return made;
}

async function load(api: string): Promise<PrismOperation[]> {
  const text = readFileSync(join(projectRoot, "generated", api, "openapi-3.1.yaml"), "utf8");
  const operations = await loadPrism().getHttpOperationsFromSpec(parse(text));
  for (const operation of operations) delete operation.callbacks;
  return operations;
}

function queryOf(text: string): Record<string, string | string[]> {
  const params = new URLSearchParams(text);
  const names = [...new Set(params.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = params.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}

function bodyOf(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
