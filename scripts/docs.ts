import { join } from "node:path";
import type { EarlierPages } from "./docs/render-pages.js";
import { hash } from "./files.js";
import { compare, write } from "./output.js";
import type { BuildResult } from "./pipeline.js";
import { BrokenDocumentationError } from "./problems.js";

export interface DocsOptions {
  /** Where the site will be, with a slash at its end, for what needs whole addresses; by default nobody knows. */
  readonly siteUrl?: string | undefined;
}

/** What {@link buildDocs} has done. */
export interface BuiltDocs {
  /** How many pages the site has that are made of blocks: each is there as HTML and as Markdown. */
  readonly pages: number;
  /** How many of them had to be rendered; missing if nothing had changed. */
  readonly rendered?: number;
}

/**
 * Makes the documentation site in `<root>/generated/docs`, as far as it is not there already as it should be.
 *
 * @throws {BrokenDocumentationError} when a text has a dead link or the like; the site then stays as it was.
 */
export async function buildDocs(
  root: string,
  { apis, tools }: BuildResult,
  { siteUrl }: DocsOptions = {},
): Promise<BuiltDocs> {
  const folder = join(root, "generated", "docs");
  const [{ readInputs }, { SiteRecord }] = await Promise.all([import("./docs/inputs.js"), import("./docs/record.js")]);
  const { documented, key: inputs } = await readInputs(root, apis);
  const record = new SiteRecord(join(root, ".cache"), folder);
  const key = hash(tools, inputs, siteUrl ?? "");
  const current = await record.countIfCurrent(key);
  if (current !== undefined) return { pages: current };

  const { makeSite } = await import("./docs/docs.js");
  const earlier = counting(await record.earlierPages(tools));
  const site = await makeSite({ ...documented, ...(siteUrl === undefined ? {} : { siteUrl }) }, earlier.find);
  if (site.findings.length > 0) {
    const { toProblems } = await import("./docs/check/to-problems.js");
    const sources = apis.map(({ api, bundle }) => ({ api, document: bundle.document }));
    throw new BrokenDocumentationError(await toProblems(root, sources, site.findings));
  }
  await write(folder, site.files, await compare(folder, site.files, (path) => !path.startsWith(".draft-")));
  await record.save(key, tools, site);
  return { pages: site.pages.size, rendered: site.pages.size - earlier.found() };
}

function counting(find: EarlierPages): { find: EarlierPages; found(): number } {
  let count = 0;
  return {
    async find(address, key) {
      const page = await find(address, key);
      if (page) count++;
      return page;
    },
    found: () => count,
  };
}
