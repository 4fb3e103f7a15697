import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { run as checkConventions } from "../../scripts/threads/conventions.js";

const root = join(import.meta.dirname, "../..");
const fixtures = join(root, "specs/rules/fixtures/spectral");

for (const api of readdirSync(fixtures)) {
  describe(`${api}'s conventions`, async () => {
    const { default: ruleset } = await import(join(root, "specs/rules/spectral", `${api}.js`));
    const rules = Object.keys(ruleset.rules);
    const check = (name: string) =>
      checkConventions(root, api, parse(readFileSync(join(fixtures, api, `${name}.yaml`), "utf8")));

    test("are kept by a document that breaks none", async () => {
      expect(await check("none")).toEqual([]);
    });

    test("each have a document that breaks them", () => {
      expect(readdirSync(join(fixtures, api)).sort()).toEqual([...rules, "none"].map((rule) => `${rule}.yaml`).sort());
    });

    test.each(rules)("%s is found where it is broken, and nothing else is", async (rule) => {
      const breaches = await check(rule);
      expect([...new Set(breaches.map((breach) => breach.rule))]).toEqual([`conventions/${rule}`]);
      expect(breaches.every(({ severity }) => severity === "error")).toBe(true);
    });
  });
}
