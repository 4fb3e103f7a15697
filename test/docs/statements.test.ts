import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { statements as hermes } from "../specs/hermes-statements.js";
import { statements as hero } from "../specs/hero-statements.js";
import { builtApis } from "./site.js";
import { useSite } from "./use-site.js";
import { desktop, visit } from "./visit.js";
import { redocIsReady } from "./watch.js";

const opened = useSite(await builtApis());

/** Markdown's marks and the breaks of lines mean nothing on a page. */
const plain = (text: string) => text.replace(/[`*]/g, "").replace(/\s+/g, "");
const shown = async (page: Page) => plain(await page.locator("body").innerText());

test("every statement of HERO's founding document can be read on its rendered page", async () => {
  await visit(opened.browser, opened.origin, "hero/reference.html", desktop, async (page) => {
    await redocIsReady(page);
    const text = await shown(page);
    const missing = hero.filter(([, words]) => !text.includes(plain(words)));
    expect(missing).toEqual([]);
  });
});

describe("every statement of Hermes's founding document can be read on its rendered pages", () => {
  const placeOf = (statement: (typeof hermes)[number]) => {
    const { page = "", status = "" } = statement[2] ?? {};
    return `${page} ${status}`.trim();
  };

  test.each([...new Set(hermes.map(placeOf))])("at #%s", async (place) => {
    const [fragment = "", status] = place.split(" ");
    const said = hermes.filter((statement) => placeOf(statement) === place);
    await visit(opened.browser, opened.origin, `hermes/reference.html#${fragment}`, desktop, async (page) => {
      await redocIsReady(page);
      const missing = async () => {
        for (const tab of status ? await page.getByRole("tab", { name: status }).all() : []) await tab.click();
        const text = await shown(page);
        return said.filter(([, words]) => !text.includes(plain(words)));
      };
      await expect.poll(missing, { timeout: 20_000 }).toEqual([]);
    });
  });
});
