import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { type Documented, type DocumentedApi, renderDocs } from "../../scripts/docs/docs.js";
import { readEntryPoints } from "../../scripts/docs/entry-points.js";
import { countFacts } from "../../scripts/facts.js";
import type { OpenApiDocument } from "../../scripts/openapi.js";
import { packageRoot } from "../../src/package-root.js";
import type { Listening } from "../../src/server/listen.js";
import { serveStatic } from "../../src/server/static.js";

/** An API as the pages get it, with stand-ins for the downloads. */
export function documented(name: string, document: OpenApiDocument): DocumentedApi {
  return {
    name,
    document,
    notes: "",
    facts: countFacts(document),
    downloads: { "openapi.yaml": "openapi: 3.2.0\n", "openapi.json": "{}", "openapi-3.1.yaml": "openapi: 3.1.2\n" },
  };
}

/** Every API that has been built. */
export async function builtApis(): Promise<DocumentedApi[]> {
  const folder = join(packageRoot, "generated");
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const apis: DocumentedApi[] = [];
  for (const { name } of names) {
    const text = await readFile(join(folder, name, "openapi.json"), "utf8").catch(() => undefined);
    if (text === undefined) continue;
    const notes = await readFile(join(packageRoot, "specs", name, "NOTES.md"), "utf8");
    const entryPoints = await readEntryPoints(packageRoot, name);
    apis.push({ ...documented(name, JSON.parse(text)), notes, ...(entryPoints ? { entryPoints } : {}) });
  }
  return apis;
}

/** Every guide, by its path below `docs/guides`. */
export async function writtenGuides(): Promise<Map<string, string>> {
  const folder = join(packageRoot, "docs", "guides");
  const paths = (await readdir(folder, { recursive: true })).map((path) => path.split(sep).join("/"));
  const read = paths
    .filter((path) => path.endsWith(".md"))
    .sort()
    .map(async (path) => [path, await readFile(join(folder, path), "utf8")] as const);
  return new Map(await Promise.all(read));
}

/** The site of some APIs in a temporary folder. */
export interface Site {
  /** `file://` address of the folder, without a slash at the end. */
  fileUrl: string;
  server: Listening;
  /** Stops the server and removes the folder. */
  close(): Promise<void>;
}

/**
 * Renders a site, writes it to a temporary folder and serves it on a free port.
 *
 * @param guides none by default.
 */
export async function openSite(
  apis: readonly DocumentedApi[],
  guides: Documented["guides"] = new Map(),
): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), "agent-apis-docs-"));
  for (const [path, content] of await renderDocs({ apis, guides })) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  const server = await serveStatic(folder, { port: 0 });
  return {
    fileUrl: pathToFileURL(folder).href,
    server,
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
