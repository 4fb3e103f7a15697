import type { Block } from "../../scripts/docs/content/block.js";
import type { Page } from "../../scripts/docs/content/page.js";
import { SiteMap } from "../../scripts/docs/content/site-map.js";
import { listPages } from "../../scripts/docs/docs.js";
import type { DocumentedApi } from "../../scripts/docs/model.js";
import type { Sample } from "./samples.js";
import { builtApis, writtenGuides } from "./site.js";

/** The pages that are made of blocks, for every API that has been built, and the map that leads their links. */
export async function pagesOfBuiltApis(): Promise<{ apis: DocumentedApi[]; pages: Page[]; site: SiteMap }> {
  const apis = await builtApis();
  const pages = listPages({ apis, guides: await writtenGuides() });
  return { apis, pages, site: new SiteMap(pages, new Set(["index", ...apis.map(({ name }) => `${name}/reference`)])) };
}

/** The samples of a page, with what they print as the page shows it. */
export function samplesOf({ address, blocks }: Page): (Sample & { name: string })[] {
  return blocks.flatMap((block: Block, index) => {
    if (block.kind === "fold") return samplesOf({ address: `${address} ${index}`, blocks: block.blocks } as Page);
    if (block.kind !== "samples") return [];
    return block.samples.map(({ name, language, code, output }) => ({
      id: `${address} ${index} ${name}`,
      name,
      language: language as Sample["language"],
      code,
      files: uploads(code),
      ...(output === undefined ? {} : { output: { format: "text" as const, text: output } }),
    }));
  });
}

/** The files that curl sends, which have to be there. */
function uploads(code: string): Record<string, string> {
  return Object.fromEntries([...code.matchAll(/-F '?\w+=@([\w.-]+)/g)].map(([, name = ""]) => [name, "content"]));
}
