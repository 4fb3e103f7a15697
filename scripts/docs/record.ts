import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { hash } from "../files.js";
import type { MadeSite } from "./docs.js";
import type { EarlierPages, RenderedPage } from "./render-pages.js";

/**
 * What an earlier build has made of which inputs. The pages themselves stay where they are, in the site: a record says
 * with a hash of each how to know that nobody has changed them since.
 */
export class SiteRecord {
  readonly #whole: string;
  readonly #pages: string;

  /**
   * @param cache the folder that holds the record; it can be deleted at any time.
   * @param site the folder of the site.
   */
  constructor(
    cache: string,
    readonly site: string,
  ) {
    this.#whole = join(cache, "docs.json");
    this.#pages = join(cache, "docs-pages.json");
  }

  /** How many pages the site has, if it was made from these inputs and no file's size has changed since. */
  async countIfCurrent(key: string): Promise<number | undefined> {
    const made = await readJson<Whole>(this.#whole);
    if (made?.key !== key) return undefined;
    const sizes = made.sizes.map(async ([path, size]) => (await sizeOf(join(this.site, path))) === size);
    return (await Promise.all(sizes)).every(Boolean) ? made.pages : undefined;
  }

  /** The pages that the same code has made before. */
  async earlierPages(tools: string): Promise<EarlierPages> {
    const made = await readJson<Pages>(this.#pages);
    const pages = new Map(made?.tools === tools ? made.pages : []);
    return async (address, key) => {
      const page = pages.get(address);
      if (page?.key !== key) return undefined;
      const [html, markdown] = await Promise.all([
        readText(join(this.site, `${address}.html`)),
        readText(join(this.site, `${address}.md`)),
      ]);
      if (html === undefined || markdown === undefined || hash(html, markdown) !== page.made) return undefined;
      return { key, html, markdown, outline: page.outline };
    };
  }

  /** To be called once the site is written. */
  async save(key: string, tools: string, { files, pages }: MadeSite): Promise<void> {
    const sizes = [...files].map(([path, content]) => [path, Buffer.byteLength(content)] as const);
    const made = [...pages].map(([address, { key, html, markdown, outline }]) => {
      return [address, { key, made: hash(html, markdown), outline }] as const;
    });
    await writeJson(this.#pages, { tools, pages: made } satisfies Pages);
    await writeJson(this.#whole, { key, sizes, pages: pages.size } satisfies Whole);
  }
}

interface Whole {
  readonly key: string;
  readonly sizes: readonly (readonly [path: string, bytes: number])[];
  readonly pages: number;
}

interface Pages {
  readonly tools: string;
  readonly pages: readonly (readonly [
    address: string,
    page: Pick<RenderedPage, "key" | "outline"> & { readonly made: string },
  ])[];
}

/** A record that cannot be read counts as none: everything is made anew then. */
async function readJson<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as T;
  } catch {
    return undefined;
  }
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(value));
  await rename(draft, file);
}

function readText(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined);
}

async function sizeOf(file: string): Promise<number | undefined> {
  return (await stat(file).catch(() => undefined))?.size;
}
