import { readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { expect, test } from "vitest";
import { listFiles } from "../../scripts/files.js";
import { findApis } from "../../scripts/project.js";

const root = join(import.meta.dirname, "../..");

/** What each of the folders that ship may import, besides itself. */
const allowed: Record<string, readonly string[]> = {
  runtime: [],
  generated: ["runtime"],
  src: ["generated", "runtime"],
};

async function importsOf(folder: string): Promise<{ file: string; specifier: string }[]> {
  const files = (await listFiles(join(root, folder))).filter((file) => file.endsWith(".ts"));
  return files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/(?:from\s+|import\(\s*|import\s+)"([^"]+)"/g)].map(
      ([, specifier = ""]) => ({
        file: relative(root, file).split(sep).join("/"),
        specifier,
      }),
    ),
  );
}

test.each(Object.keys(allowed))("%s imports only itself and what lies below it", async (folder) => {
  const wrong = (await importsOf(folder)).filter(({ file, specifier }) => {
    if (!specifier.startsWith(".")) return false;
    const [target = ""] = normalize(join(dirname(file), specifier)).split(sep);
    return target !== folder && !allowed[folder]?.includes(target);
  });
  expect(wrong).toEqual([]);
});

test("a client needs nothing but web standards and two small libraries: no module of Node.js is on its way", async () => {
  const entries = (await findApis(root)).map(({ name }) => `src/${name}.ts`);
  const all = [
    ...(await importsOf("runtime")),
    ...(await importsOf("generated")),
    ...(await importsOf("src")).filter(({ file }) => entries.includes(file)),
  ];
  const outside = new Set(all.map(({ specifier }) => specifier).filter((specifier) => !specifier.startsWith(".")));
  expect([...outside].sort()).toEqual(["eventsource-parser", "openapi-fetch"]);
});

test.each(["runtime", "scripts"])("%s knows no API by name: what one API needs, it learns for all", async (folder) => {
  const names = (await findApis(root)).map(({ name }) => name);
  for (const file of await listFiles(join(root, folder))) {
    const words = readFileSync(file, "utf8")
      .toLowerCase()
      .split(/[^a-z]+/);
    for (const name of names) expect(words.includes(name), `${relative(root, file)} names ${name}`).toBe(false);
  }
});
