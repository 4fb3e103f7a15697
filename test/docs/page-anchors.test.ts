import { describe, expect, test } from "vitest";
import { headingsOf } from "../../scripts/docs/content/headings.js";
import { twin } from "../../scripts/docs/content/twin.js";
import { layout } from "../../scripts/docs/layout.js";
import { pagesOfBuiltApis } from "./page-set.js";

const { pages, site } = await pagesOfBuiltApis();
const byKind = ["operation", "error", "webhook"].map((kind) => ({
  kind,
  some: pages.filter((page) => page.kind === kind),
}));

describe.each(byKind)("pages of the kind $kind", ({ some }) => {
  test("exist", () => {
    expect(some.length).toBeGreaterThan(5);
  });

  test("give every heading the anchor that lists of contents lead to", () => {
    for (const page of some) {
      const inHtml = [...layout(page, site).matchAll(/<h[2-6] id="([^"]*)"/g)].map(([, id]) => id);
      expect(inHtml, page.address).toEqual(headingsOf(page.blocks).map(({ id }) => id));
    }
  });

  test("have no anchor twice and no heading without text", () => {
    for (const page of some) {
      const markup = layout(page, site);
      const ids = [...markup.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      expect(
        ids.filter((id, index) => ids.indexOf(id) !== index),
        page.address,
      ).toEqual([]);
      expect(markup, page.address).not.toMatch(/<h[1-6][^>]*>\s*<\/h/);
    }
  });

  test("show no value that was not there, and nothing empty in its place", () => {
    for (const page of some) {
      for (const text of [layout(page, site), twin(page, site)]) {
        const said = text.replace(/<pre[\s\S]*?<\/pre>|^```[\s\S]*?^```/gm, "");
        expect(said, page.address).not.toMatch(
          /\bundefined\b|\[object Object\]|\bNaN\b|``$|` \(\)|<(td|dd|summary)><\/\1>/m,
        );
      }
    }
  });

  test("have a sentence that says what they are about", () => {
    for (const { address, description, title } of some) {
      expect(title, address).not.toBe("");
      expect(description, address).toMatch(/\w{2}/);
    }
  });
});
