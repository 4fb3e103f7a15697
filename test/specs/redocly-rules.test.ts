import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createConfig, lint } from "@redocly/openapi-core";
import { describe, expect, test } from "vitest";
import plugin from "../../specs/rules/redocly/plugin.js";

const fixtures = join(import.meta.dirname, "../../specs/rules/fixtures/redocly");
const rules = Object.keys(plugin().rules.oas3);

async function lintFixture(name: string) {
  const config = await createConfig({
    plugins: [plugin()],
    rules: Object.fromEntries(rules.map((rule) => [`agent-apis/${rule}`, "error" as const])),
  });
  return lint({ ref: join(fixtures, name, "openapi.yaml"), config });
}

test("a document that keeps all rules has no problems", async () => {
  expect(await lintFixture("none")).toEqual([]);
});

test("every rule has a document that breaks it", () => {
  expect(readdirSync(fixtures)).toEqual(expect.arrayContaining(rules));
});

describe("a document that breaks a rule is refused by that rule and no other", () => {
  test.each(readdirSync(fixtures).filter((name) => name !== "none"))("%s", async (name) => {
    const problems = await lintFixture(name);
    expect(problems.length).toBeGreaterThan(0);
    expect([...new Set(problems.map((problem) => problem.ruleId))]).toEqual([`agent-apis/${name.split(".")[0]}`]);
  });

  test("and the message says how to mend it", async () => {
    for (const name of readdirSync(fixtures).filter((one) => one !== "none")) {
      for (const { message } of await lintFixture(name)) {
        expect(message, name).toMatch(/\b(Add|Use|Give|Move|Name|Mark|Correct|shows its form)\b/);
      }
    }
  });
});

test("a misspelt extension is answered with the one that was meant", async () => {
  const [problem] = await lintFixture("known-extensions");
  expect(problem?.suggest).toContain("x-sdk");
});
