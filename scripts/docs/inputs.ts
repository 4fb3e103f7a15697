import { readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { hash, listFiles } from "../files.js";
import type { BuiltApi } from "../pipeline.js";
import { measureQuality } from "../quality.js";
import { readRecords } from "./changelog/record.js";
import { readEntryPoints } from "./entry-points.js";
import type { Documented } from "./model.js";

/** What the site is made of, and a hash of all of it. */
export interface Inputs {
  readonly documented: Documented;
  readonly key: string;
}

/** Gathers what the site is made of from the build's results and the files of the project. */
export async function readInputs(root: string, apis: readonly BuiltApi[]): Promise<Inputs> {
  const { guides, images } = await readGuides(join(root, "docs", "guides"));
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
  const read = await Promise.all(
    apis.map(async (built) => {
      const { api, bundle, facts } = built;
      const entryPoints = await readEntryPoints(root, api.name);
      const written = {
        name: api.name,
        quality: await measureQuality(root, built),
        notes: await readIfThere(join(api.folder, "NOTES.md")),
        ...(entryPoints ? { entryPoints } : {}),
        history: { version, records: await readRecords(join(root, "docs", "changes", api.name)) },
      };
      return {
        // The rest is made from the bundle alone.
        key: hash(bundle.json, JSON.stringify(written)),
        documented: {
          ...written,
          document: bundle.document,
          facts,
          downloads: { "openapi.yaml": bundle.yaml, "openapi.json": bundle.json, "openapi-3.1.yaml": bundle.yaml31 },
        },
      };
    }),
  );
  return {
    documented: { guides, images, apis: read.map(({ documented }) => documented) },
    key: hash(...read.map(({ key }) => key), ...[...guides].flat(), ...[...images].flat()),
  };
}

const pictures = /\.(png|jpg|svg|webp|avif|gif)$/;

/** The guides and their pictures by their path below the folder, with `/`. */
async function readGuides(folder: string): Promise<{ guides: Map<string, string>; images: Map<string, Uint8Array> }> {
  const guides = new Map<string, string>();
  const images = new Map<string, Uint8Array>();
  for (const file of await listFiles(folder)) {
    const path = relative(folder, file).split(sep).join("/");
    if (path.endsWith(".md")) guides.set(path, await readFile(file, "utf8"));
    else if (pictures.test(path)) images.set(path, await readFile(file));
  }
  return { guides, images };
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}
