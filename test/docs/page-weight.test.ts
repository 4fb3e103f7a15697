import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { layout } from "../../scripts/docs/layout.js";
import { packageRoot } from "../../src/package-root.js";
import { pagesOfBuiltApis } from "./page-set.js";

const { pages, site } = await pagesOfBuiltApis();
const packed = (text: string | Uint8Array) => gzipSync(text).length;

/** What a page loads with it. The search index comes when somebody searches. */
function loaded(markup: string): string[] {
  return [...markup.matchAll(/<(?:link rel="stylesheet"|link rel="icon"|script)[^>]*(?:href|src)="([^"]+)"/g)].map(
    ([, url = ""]) => url,
  );
}

test("a page of an operation, an error or a webhook is at most 60 kB with everything it loads, and 30 kB by itself", () => {
  const sizes = new Map<string, number>();
  const weigh = (file: string) => {
    const known = sizes.get(file) ?? packed(readFileSync(join(packageRoot, "scripts/docs/assets", file)));
    sizes.set(file, known);
    return known;
  };
  const heavy = pages
    .filter(({ kind }) => ["operation", "error", "webhook"].includes(kind))
    .flatMap((page) => {
      const markup = layout(page, site);
      const files = loaded(markup).map((url) => url.replace(/^.*assets\//, ""));
      expect(files).toContain("page.css");
      const own = packed(markup);
      const whole = own + files.reduce((sum, file) => sum + weigh(file), 0);
      return own > 30_000 || whole > 60_000 ? [{ address: page.address, own, whole }] : [];
    });
  expect(heavy).toEqual([]);
});
