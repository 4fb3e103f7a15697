import { describe, expect, test } from "vitest";
import { kindsOfPages } from "./kinds.js";
import { builtApis, writtenGuides } from "./site.js";
import { useSite } from "./use-site.js";
import { brightness, desktop, overflow, phone, picture, visit } from "./visit.js";
import { redocIsReady } from "./watch.js";

const documented = { apis: await builtApis(), guides: await writtenGuides() };
const kinds = kindsOfPages(documented);

const opened = useSite(documented.apis, documented.guides);

test("there is a page of every kind", () => {
  const wanted = ["landing", "overview", "operation", "stream", "guide", "error", "webhook", "reference"];
  expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(wanted));
});

describe.each(kinds)("a page of kind $kind", ({ kind, path }) => {
  test("is light or dark as the system is, and asks nothing of anybody", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await visit(opened.browser, opened.origin, path, { ...desktop, colorScheme }, async (page) => {
        if (kind === "reference") await redocIsReady(page);
        await page.screenshot({ path: await picture(`${kind}-${colorScheme}`) });
        const shown = await page.evaluate(brightness);
        expect(shown > 128 ? "light" : "dark").toBe(colorScheme);
        expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
      });
    }
  });

  test("fits a phone", async () => {
    await visit(opened.browser, opened.origin, path, phone, async (page) => {
      if (kind === "reference") await redocIsReady(page);
      await page.screenshot({ path: await picture(`${kind}-phone`), fullPage: kind !== "reference" });
      expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
    });
  });

  test("works from a folder, without a server", async () => {
    await visit(opened.browser, opened.site.fileUrl, path, desktop, async (page) => {
      if (kind === "reference") await redocIsReady(page);
      await page.keyboard.press("/");
      await page.keyboard.type("get");
      await page.getByRole("option").first().waitFor();
    });
  });
});
