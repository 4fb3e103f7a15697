import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { renderDocs } from "../../scripts/docs/docs.js";
import { kindsOfPages } from "./kinds.js";
import { builtApis, writtenGuides } from "./site.js";
import { useSite } from "./use-site.js";
import { desktop, visit } from "./visit.js";
import { redocIsReady } from "./watch.js";

const documented = { apis: await builtApis(), guides: await writtenGuides() };

const opened = useSite(documented.apis, documented.guides);

let files: ReadonlyMap<string, string | Uint8Array>;
const sizes = new Map<string, number>();

beforeAll(async () => {
  files = await renderDocs(documented);
});

/** What a file weighs on the wire, in bytes. */
function weigh(path: string): number {
  const content = files.get(path);
  if (content === undefined) throw new Error(`There is no ${path}.`);
  const size = sizes.get(path) ?? gzipSync(content).length;
  sizes.set(path, size);
  return size;
}

/** What a page loads, itself included. */
function loadedBy(path: string): string[] {
  const page = String(files.get(path));
  const links = page.matchAll(/<(?:link rel="(?:stylesheet|icon)"[^>]* href|script[^>]* src)="([^"]+)"/g);
  const assets = [...links].map(([, link = ""]) => new URL(link, `https://site.example/${path}`).pathname.slice(1));
  return [path, ...assets];
}

const search = ["assets/search-rank.js", "assets/search-index.js"];

test("every page but the references weighs at most 60 kB with everything it loads, compressed", () => {
  const pages = [...files.keys()].filter((path) => path.endsWith(".html") && !path.endsWith("/reference.html"));
  expect(pages.length).toBeGreaterThan(150);
  const weights = pages.map((path) => [path, loadedBy(path).reduce((sum, one) => sum + weigh(one), 0)] as const);
  const [heaviest, most] = weights.reduce((one, other) => (other[1] > one[1] ? other : one));
  console.info(
    `${pages.length} pages; the heaviest is ${heaviest} with ${kB(most)}, of which shared: ` +
      `${kB(most - weigh(heaviest))}. The search loads ${kB(search.reduce((sum, one) => sum + weigh(one), 0))} more.`,
  );
  expect(weights.filter(([, weight]) => weight > 60_000)).toEqual([]);
});

test("what pages load and when they can be used is printed", async () => {
  for (const { kind, path } of kindsOfPages(documented)) {
    await visit(opened.browser, opened.origin, path, desktop, async (page) => {
      if (kind === "reference") await redocIsReady(page);
      const [loaded, times] = await page.evaluate(() => {
        const timing = globalThis.performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming;
        const paint = globalThis.performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
        const names = globalThis.performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
        return [names, { interactive: timing.domContentLoadedEventEnd, paint }] as const;
      });
      const assets = loaded.map((name) => name.slice(1)).filter((name) => files.has(name));
      const weight = [path, ...assets].reduce((sum, one) => sum + weigh(one), 0);
      console.info(
        `${kind}: ${kB(weight)} compressed in ${assets.length + 1} requests; painted after ` +
          `${Math.round(times.paint)} ms, scripts ready after ${Math.round(times.interactive)} ms`,
      );
      expect(weight).toBeLessThan(kind === "reference" ? 1_500_000 : 60_000);
    });
  }
});

function kB(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
