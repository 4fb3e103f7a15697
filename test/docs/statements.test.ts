import { expect, test } from "vitest";
import { statements } from "../specs/hero-statements.js";
import { builtApis } from "./site.js";
import { useSite } from "./use-site.js";
import { desktop, visit } from "./visit.js";
import { redocIsReady } from "./watch.js";

const opened = useSite(await builtApis());

/** Markdown's marks and the breaks of lines mean nothing on a page. */
const plain = (text: string) => text.replace(/[`*]/g, "").replace(/\s+/g, "");

test("every statement of HERO's founding document can be read on its rendered page", async () => {
  await visit(opened.browser, opened.origin, "hero/index.html", desktop, async (page) => {
    await redocIsReady(page);
    const shown = plain(await page.locator("body").innerText());
    const missing = statements.filter(([, words]) => !shown.includes(plain(words)));
    expect(missing).toEqual([]);
  });
});
