import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { parseDocument } from "yaml";
import { main, readArguments, UsageError } from "./arguments.js";
import { pascalCase } from "./clients/names.js";
import { projectRoot } from "./project.js";
import { templateFor } from "./template.js";

const usage = `Usage: npm run new-api -- <name> [options]

Makes specs/<name> with one operation to start from, the entry point
src/<name>.ts, and their entries in redocly.yaml and package.json.

  --class NAME   name of the client class (default: the name in PascalCase)
  --root FOLDER  the folder with specs/ (default: this project)
  --help         print this
`;

await main(usage, async () => {
  const parsed = readArguments(usage, { class: { type: "string" }, root: { type: "string" } });
  if (!parsed) return;
  const [name, ...rest] = parsed.positionals;
  if (!name || rest.length > 0) throw new UsageError("Give one name, such as `npm run new-api -- acme`.");
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    throw new UsageError(`"${name}" cannot be a folder and an import path. Use lower-case letters, digits and dashes.`);
  }
  const className = parsed.values.class ?? pascalCase(name);
  if (!/^[A-Z][A-Za-z0-9]*$/.test(className)) throw new UsageError(`"${className}" is not a class name in PascalCase.`);
  const root = resolve(parsed.values.root ?? projectRoot);
  const files = templateFor(name, className);
  for (const path of files.keys()) {
    if (existsSync(join(root, path))) throw new UsageError(`${path} exists already. Choose another name.`);
  }

  const config = parseDocument(await readFile(join(root, "redocly.yaml"), "utf8"));
  config.setIn(["apis", name], config.createNode({ root: `specs/${name}/openapi.yaml` }));
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  manifest.exports = addExports(manifest.exports, name);

  for (const [path, text] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  await writeFile(join(root, "redocly.yaml"), config.toString({ lineWidth: 0 }));
  await writeFile(join(root, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  const made = [...files.keys()].map((path) => `  ${path}`).join("\n");
  process.stdout.write(
    `Made\n${made}\nand entries in redocly.yaml and package.json.\nNext: describe the API, then \`npm run build\`.\n`,
  );
});

/** The exports of package.json with those of another API, before the ones that belong to no API. */
function addExports(exports: Record<string, unknown>, name: string): Record<string, unknown> {
  const own = {
    [`./${name}`]: { types: `./dist/src/${name}.d.ts`, default: `./dist/src/${name}.js` },
    [`./${name}/openapi.json`]: `./generated/${name}/openapi.json`,
    [`./${name}/openapi.yaml`]: `./generated/${name}/openapi.yaml`,
    [`./${name}/openapi-3.1.yaml`]: `./generated/${name}/openapi-3.1.yaml`,
  };
  const entries = Object.entries(exports);
  const shared = entries.findIndex(([key]) => key === "./testing");
  return Object.fromEntries([...entries.slice(0, shared), ...Object.entries(own), ...entries.slice(shared)]);
}
