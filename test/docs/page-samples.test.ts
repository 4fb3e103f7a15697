import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listOperations, type MediaType, type OpenApiDocument, type Response, resolve } from "../../scripts/openapi.js";
import { type Mock, startMock } from "../../src/mock/index.js";
import { pagesOfBuiltApis, samplesOf } from "./page-set.js";
import { addressesOf, problemsOf, runSamples, type SampleResult, typeErrors } from "./samples.js";

const { apis, pages } = await pagesOfBuiltApis();
const withSamples = pages
  .filter(({ kind }) => kind !== "guide")
  .map((page) => ({ address: page.address, kind: page.kind, samples: samplesOf(page) }))
  .filter(({ samples }) => samples.length > 0);
const all = withSamples.flatMap(({ samples }) => samples);
const variables = all.flatMap(({ code }) => [...code.matchAll(/process\.env\.(\w+)|\$([A-Z][A-Z0-9_]+)/g)]);
const env = Object.fromEntries(variables.map(([, ts, sh]) => [ts ?? sh ?? "", "test_value"]));

const mocks: Mock[] = [];
const results = new Map<string, SampleResult>();
let errors: Map<string, string[]>;

beforeAll(async () => {
  // At the root, since some answers have paths of the API in them.
  for (const { name } of apis) mocks.push(await startMock({ port: 0, paceMs: 0, root: name }));
  const addresses = mocks.flatMap((mock) => addressesOf(mock));
  errors = await typeErrors(all);
  for (const result of await runSamples(all, { addresses, env, together: true })) results.set(result.id, result);
}, 240_000);
afterAll(() => Promise.all(mocks.map((mock) => mock.close())));

test("every operation is called in four ways", () => {
  for (const { name, document } of apis) {
    for (const { operation } of listOperations(document)) {
      const page = withSamples.find(({ address }) => address === `${name}/operations/${operation.operationId}`);
      expect(page?.samples.map((sample) => sample.name)).toEqual(["Client", "curl", "fetch", "openapi-fetch"]);
    }
  }
});

describe.each(withSamples)("$address", ({ samples }) => {
  test("the samples compile", () => {
    for (const { id, code } of samples) expect(errors.get(id) ?? [], code).toEqual([]);
  });

  test("the client prints what is shown", () => {
    for (const sample of samples.filter(({ name }) => name === "Client")) {
      expect(problemsOf(sample, results.get(sample.id)!), sample.code).toEqual([]);
    }
  });
});

describe.each(withSamples.filter(({ kind }) => kind === "operation"))(
  "$address without the client",
  ({ address, samples }) => {
    const resultOf = (name: string) => results.get(samples.find((sample) => sample.name === name)!.id)!;

    test("curl, fetch and openapi-fetch get the documented answer", () => {
      const answer = documentedAnswer(address);
      const isSecret = samples.some(({ code }) => code.includes("secret"));
      for (const name of ["curl", "fetch", "openapi-fetch"]) {
        const { stdout, stderr, exitCode } = resultOf(name);
        expect({ stderr, exitCode }, name).toEqual({ stderr: "", exitCode: 0 });
        if (isSecret && name !== "curl") continue;
        if (name === "openapi-fetch") expect(stdout === "").toBe(answer === undefined);
        else if (answer === undefined) expect(stdout, name).toBe("");
        // Events are printed one by one, so the empty lines between them differ.
        else if (typeof answer === "string") expect(stdout.split(/\n+/), name).toEqual(`${answer}\n`.split(/\n+/));
        else if (name === "curl") expect(JSON.parse(stdout)).toEqual(answer);
        else expect(stdout).toBe(`${inspect(answer)}\n`);
      }
    });
  },
);

test("no program prints a secret of the examples, even if its answer has one", () => {
  const found = apis.flatMap(({ name, document }) =>
    listOperations(document).flatMap(({ operation }) => {
      const secrets = secretsIn(document, operation.responses);
      const { samples } = withSamples.find(({ address }) => address === `${name}/operations/${operation.operationId}`)!;
      for (const { id } of samples.filter(({ language }) => language === "ts")) {
        const { stdout } = results.get(id)!;
        expect(
          secrets.filter((secret) => stdout.includes(secret)),
          id,
        ).toEqual([]);
      }
      return secrets;
    }),
  );
  expect(found.length).toBeGreaterThan(3);
});

/** The values that the examples of some answers have in fields which are marked as secrets there. */
function secretsIn(document: OpenApiDocument, responses: unknown): string[] {
  const marked = new Set<string>();
  const seen = new Set<object>();
  const nodes: [string, unknown][] = [];
  const walk = (node: unknown, key: string): void => {
    nodes.push([key, node]);
    if (typeof node !== "object" || node === null || seen.has(node)) return;
    seen.add(node);
    if ("$ref" in node) walk(resolve(document, node as { $ref: string }), key);
    if ((node as { "x-sensitive"?: unknown })["x-sensitive"] === true) marked.add(key);
    for (const [name, child] of Object.entries(node)) walk(child, name);
  };
  walk(responses, "");
  const values = nodes.flatMap(([key, value]) => (marked.has(key) && typeof value === "string" ? value : []));
  return values.filter((value) => value.length > 7);
}

test("the samples are laid out as Biome lays them out", async () => {
  const folder = await mkdtemp(join(tmpdir(), "agent-apis-samples-"));
  try {
    const config = { formatter: { indentStyle: "space", lineWidth: 80 } };
    await writeFile(join(folder, "biome.json"), JSON.stringify(config));
    await mkdir(join(folder, "samples"));
    for (const { id, code } of all.filter(({ language }) => language === "ts")) {
      await writeFile(join(folder, "samples", `${id.replace(/\W+/g, "-")}.ts`), code);
    }
    const biome = join(dirname(createRequire(import.meta.url).resolve("@biomejs/biome/package.json")), "bin/biome");
    const options = { cwd: folder, encoding: "utf8" } as const;
    const { stdout, stderr, status } = spawnSync(process.execPath, [biome, "format", "samples"], options);
    expect(status, stdout + stderr).toBe(0);
  } finally {
    await rm(folder, { recursive: true });
  }
});

interface Examples extends MediaType {
  example?: unknown;
  examples?: object;
}

/** What the first successful status answers: JSON as a value, a text or a stream as a string; none for bytes. */
function documentedAnswer(address: string): unknown {
  const [name, , operationId] = address.split("/");
  const { document } = apis.find((api) => api.name === name)!;
  const { operation } = listOperations(document).find((one) => one.operation.operationId === operationId)!;
  for (const [status, node] of Object.entries(operation.responses ?? {})) {
    const { content = {} } = resolve<Response>(document, node);
    const [first] = Object.entries(content);
    if (!status.startsWith("2") || !first) continue;
    const [mediaType, media] = content["application/json"] ? ["application/json", content["application/json"]] : first;
    return /json|text|xml/.test(mediaType) ? firstExample(document, media) : undefined;
  }
  return undefined;
}

function firstExample(document: OpenApiDocument, media: Examples): unknown {
  if (media.example !== undefined) return media.example;
  const [named] = Object.values(media.examples ?? {});
  const { value, dataValue, serializedValue } = resolve<Record<string, unknown>>(document, named);
  return value ?? dataValue ?? serializedValue;
}
