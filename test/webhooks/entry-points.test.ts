import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const entries = ["../../src/herobrain/webhooks.ts", "../../src/heycmo/webhooks.ts"];

/** Every file that is loaded for an entry point, without what is imported for its types. */
function loadedFor(entry: URL, seen = new Map<string, string[]>()): Map<string, string[]> {
  const source = readFileSync(entry, "utf8");
  const imports = [...source.matchAll(/^(?:import|export)\s+(?!type\b)[^;]*?from\s+"([^"]+)"/gm)].map(
    ([, specifier = ""]) => specifier,
  );
  seen.set(entry.pathname, imports);
  for (const specifier of imports.filter((name) => name.startsWith("."))) {
    const next = new URL(specifier.replace(/\.js$/, ".ts"), entry);
    if (!seen.has(next.pathname)) loadedFor(next, seen);
  }
  return seen;
}

test.each(entries)("%s runs wherever there are web standards: no module of Node.js, no dependency", (entry) => {
  const loaded = loadedFor(new URL(entry, import.meta.url));
  expect(loaded.size).toBeGreaterThan(15);
  expect([...loaded.values()].flat().filter((specifier) => !specifier.startsWith("."))).toEqual([]);
  for (const file of loaded.keys()) {
    expect(readFileSync(file, "utf8")).not.toMatch(/\b(process|Buffer|require)\b[.([]|from "(node:|express|hono)/);
  }
});

test.each(entries)("%s does not bring the whole client with it", (entry) => {
  const files = [...loadedFor(new URL(entry, import.meta.url)).keys()];
  expect(files.filter((file) => !/\/webhooks(\/|\.ts$)/.test(file))).toEqual([]);
});
