import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { statements } from "../specs/hero-statements.js";
import { launchChromium } from "./chromium.js";
import { builtApis, openSite, type Site } from "./site.js";
import { desktop, visit } from "./visit.js";
import { redocIsReady } from "./watch.js";

let site: Site;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(await builtApis()), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Markdown's marks and the breaks of lines mean nothing on a page. */
const plain = (text: string) => text.replace(/[`*]/g, "").replace(/\s+/g, "");

test("every statement of HERO's founding document can be read on its rendered page", async () => {
  await visit(browser, site.server.origin, "hero/index.html", desktop, async (page) => {
    await redocIsReady(page);
    const shown = plain(await page.locator("body").innerText());
    const missing = statements.filter(([, words]) => !shown.includes(plain(words)));
    expect(missing).toEqual([]);
  });
});
