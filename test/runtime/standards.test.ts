import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const folder = new URL("../../runtime/", import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
const libraries = ["openapi-fetch", "eventsource-parser"];

test.each(files)("runtime/%s needs nothing but web standards and two small libraries, and is short", (name) => {
  const source = readFileSync(new URL(name, folder), "utf8");
  const imported = [...source.matchAll(/\b(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, specifier]) => specifier);
  expect(imported.filter((specifier = "") => !specifier.startsWith("./") && !libraries.includes(specifier))).toEqual(
    [],
  );
  expect(source).not.toMatch(/\b(process|Buffer|require|__dirname|setImmediate)\b[.([]/);
  expect(source.split("\n").length).toBeLessThan(200);
});
