import { join } from "node:path";
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
  /** How many files had to be written or removed. */
  readonly changed: number;
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
  if (current !== undefined) return { pages: current, changed: 0 };

  const { makeSite } = await import("./docs/docs.js");
  const site = await makeSite(
    { ...documented, ...(siteUrl === undefined ? {} : { siteUrl }) },
    await record.earlierPages(tools),
  );
  if (site.findings.length > 0) {
    const { toProblems } = await import("./docs/check/to-problems.js");
    const sources = apis.map(({ api, bundle }) => ({ api, document: bundle.document }));
    throw new BrokenDocumentationError(await toProblems(root, sources, site.findings));
  }
  const differences = await compare(folder, site.files, (path) => !path.startsWith(".draft-"));
  await write(folder, site.files, differences);
  await record.save(key, tools, site);
  return { pages: site.pages.size, changed: differences.length };
}
