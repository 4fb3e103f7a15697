import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listApis, type Mock, startMock } from "../../src/mock/index.js";
import { readFences, writeOutputs } from "./samples/fences.js";
import { root } from "./samples/folder.js";
import { isMatch } from "./samples/output.js";
import { addressesOf, problemsOf, runSamples, type SampleResult, typeErrors } from "./samples.js";

// UPDATE_SAMPLES=1 writes what the samples print into the guides.
const isUpdate = process.env.UPDATE_SAMPLES === "1";

const guides = readdirSync(join(root, "docs/guides"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".md"))
  .map((name) => {
    const path = `docs/guides/${name.split(sep).join("/")}`;
    const markdown = readFileSync(join(root, path), "utf8");
    return { path, markdown, samples: readFences(path, markdown) };
  });

/** Keys and passwords as they look; the mock takes any. */
const env = {
  HERO_API_KEY: "hero_ak_your_api_key",
  HEROBRAIN_API_KEY: "hb_your_api_key_here",
  HEROBRAIN_WEBHOOK_SECRET: "whsec_your_secret",
  HEYCMO_API_KEY: "hcmo_live_your_api_key",
  HEYCMO_ADMIN_KEY: "hcmo_admin_your_key",
  HEYCMO_WEBHOOK_SECRET: "whsec_your_secret",
  HERMES_PASSWORD: "correct horse battery staple",
};

let errors: Map<string, string[]>;
beforeAll(async () => {
  errors = await typeErrors(guides.flatMap(({ samples }) => samples));
}, 120_000);

/** Much of a guide's time is start-up and waiting, so two go on at once; more would only slow each other down. */
const lanes = [Promise.resolve(), Promise.resolve()];
let started = 0;
function inTurn(work: () => Promise<void>): Promise<void> {
  const lane = started++ % lanes.length;
  const done = lanes[lane]!.then(work);
  lanes[lane] = done.catch(() => {});
  return done;
}

describe.concurrent.each(guides.filter(({ samples }) => samples.length > 0))("$path", ({ path, markdown, samples }) => {
  const results = new Map<string, SampleResult>();
  let mock: Mock;
  const run = async () => {
    const [, , api = ""] = path.split("/");
    mock = await startMock({ port: 0, ...(listApis().includes(api) ? { apis: [api] } : {}) });
    for (const result of await runSamples(samples, { addresses: addressesOf(mock), env }))
      results.set(result.id, result);
    if (!isUpdate) return;
    const differ = samples.filter(({ id, output }) => !output || !isMatch(output, results.get(id)!.stdout));
    const outputs = new Map(differ.map(({ id, line }) => [line, results.get(id)!.stdout]));
    writeFileSync(join(root, path), writeOutputs(markdown, outputs));
  };
  beforeAll(() => inTurn(run), 600_000);
  afterAll(() => mock?.close());

  test.each(samples)("the $language sample in line $line prints what is shown", (sample) => {
    const problems = problemsOf(sample, results.get(sample.id)!);
    expect(isUpdate ? problems.filter((problem) => !problem.startsWith("It printed:")) : problems).toEqual([]);
  });

  test.each(samples.filter(({ language }) => language === "ts"))("the types in line $line are right", ({ id }) => {
    expect(errors.get(id) ?? []).toEqual([]);
  });
});

test("every block is a sample, its output, or data", () => {
  for (const { path, markdown, samples } of guides) {
    const blocks = [...markdown.matchAll(/^```(\S.*)$/gm)].map(([, info = ""]) => info);
    expect(
      blocks.filter((info) => !/^(ts|sh( exit=\d+)?|(text|json) output|json|yaml|http|text)$/.test(info)),
      path,
    ).toEqual([]);
    // An output that stands elsewhere than behind a sample is compared with nothing.
    const outputs = blocks.filter((info) => info.endsWith(" output"));
    expect(outputs.length, path).toBe(samples.filter(({ output }) => output).length);
  }
});

test("every guide begins with a title and a sentence that says what it is for", () => {
  expect(guides.length).toBeGreaterThan(0);
  for (const { path, markdown } of guides) expect(markdown, path).toMatch(/^# \S.*\n\n[^\s#`].*?\.\n\n/s);
});
