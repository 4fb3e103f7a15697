import axe from "axe-core";
import { describe, expect, test } from "vitest";
import { kindsOfPages } from "./kinds.js";
import { builtApis, writtenGuides } from "./site.js";
import { useSite } from "./use-site.js";
import { desktop, phone, visit } from "./visit.js";
import { redocIsReady } from "./watch.js";

const documented = { apis: await builtApis(), guides: await writtenGuides() };

const opened = useSite(documented.apis, documented.guides);

/** What axe finds on the page as it is shown, in lines that say where. Runs in the browser. */
async function violations(): Promise<string[]> {
  const tool = Reflect.get(globalThis, "axe") as typeof axe;
  const found = await tool.run(document, { resultTypes: ["violations"] });
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary, html }) => `${id}: ${target.join(" ")}\n${html}\n${failureSummary}`),
  );
}

describe.each(kindsOfPages(documented))("a page of kind $kind", ({ kind, path }) => {
  test.each([
    ["light", desktop],
    ["dark", desktop],
    ["light", phone],
  ] as const)("has nothing that axe objects to, %s", async (colorScheme, screen) => {
    await visit(opened.browser, opened.origin, path, { ...screen, colorScheme }, async (page) => {
      if (kind === "reference") await redocIsReady(page);
      await page.evaluate(axe.source);
      expect(await page.evaluate(violations)).toEqual([]);
    });
  });
});

test("the open search has nothing that axe objects to", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    await visit(opened.browser, opened.origin, "index.html", { ...desktop, colorScheme }, async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type("post");
      await page.getByRole("option").first().waitFor();
      await page.evaluate(axe.source);
      expect(await page.evaluate(violations)).toEqual([]);
    });
  }
});
