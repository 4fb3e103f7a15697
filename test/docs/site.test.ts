import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DocumentedApi } from "../../scripts/docs/docs.js";
import { packageRoot } from "../../src/package-root.js";
import { launchChromium } from "./chromium.js";
import { builtApis, openSite, type Site, summariesOf } from "./site.js";
import { redocIsReady, type WatchedPage, watchedPage } from "./watch.js";

const apis: readonly DocumentedApi[] = await builtApis();
const pictures = join(packageRoot, "test-results/docs");
const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

let site: Site;
let browser: Browser;

beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  [site, browser] = await Promise.all([openSite(apis), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Runs a visit, and fails if anything was asked of another host or went wrong on the page. */
async function visit(path: string, options: BrowserContextOptions, steps: (watched: WatchedPage) => Promise<void>) {
  const watched = await watchedPage(browser, site.server.origin, options);
  try {
    await watched.page.goto(`${site.server.origin}/${path}`);
    await steps(watched);
    expect(watched.troubles).toEqual([]);
  } finally {
    await watched.close();
  }
}

test("there is something to show", () => {
  expect(apis.length).toBeGreaterThan(0);
});

test("the landing page leads to every reference", async () => {
  await visit("", desktop, async ({ page }) => {
    await page.screenshot({ path: join(pictures, "index-light.png"), fullPage: true });
    for (const { name, document } of apis) {
      await page.getByRole("link", { name: `Reference of the ${document.info.title}` }).click();
      await page.waitForURL(`**/${name}/index.html`);
      await redocIsReady(page);
      await page.getByRole("link", { name: "All APIs" }).click();
      await page.waitForURL("**/index.html");
    }
  });
});

test("a snippet can be copied", async () => {
  await visit("", { ...desktop, permissions: ["clipboard-read", "clipboard-write"] }, async ({ page }) => {
    await page.getByRole("button", { name: "Copy the code of “Test a server”" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("npx agent-apis mock");
  });
});

test("the landing page is dark where the system is, and fits a phone", async () => {
  await visit("", { ...phone, colorScheme: "dark" }, async ({ page }) => {
    expect(await page.evaluate(brightness)).toBeLessThan(60);
    expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join(pictures, "index-dark-phone.png"), fullPage: true });
  });
  await visit("", phone, async ({ page }) => {
    await page.screenshot({ path: join(pictures, "index-phone.png"), fullPage: true });
  });
  await visit("", { ...desktop, colorScheme: "dark" }, async ({ page }) => {
    await page.screenshot({ path: join(pictures, "index-dark.png"), fullPage: true });
  });
});

describe.each(apis)("the reference of $name", ({ name, document }) => {
  const path = `${name}/index.html`;
  const summaries = summariesOf(document);
  const wanted = summaries.at(-1) ?? "";

  test("names every operation in its menu or its text", async () => {
    await visit(path, desktop, async ({ page }) => {
      await redocIsReady(page);
      await page.screenshot({ path: join(pictures, `${name}-light.png`) });
      const groups = page.locator("[data-component-name='Menu/MenuItem']");
      for (const { name: tag } of document.tags ?? []) {
        const group = groups.filter({ hasText: new RegExp(`^${escapeRegExp(tag)}$`) }).last();
        if (await group.count()) await group.click();
      }
      const shown = await page.locator("#redoc").innerText();
      expect(summaries.filter((summary) => !shown.includes(summary))).toEqual([]);
    });
  });

  test("finds an operation by the keyboard alone, and opens it", async () => {
    await visit(path, desktop, async ({ page }) => {
      await redocIsReady(page);
      await page.keyboard.press("/");
      await page.keyboard.type(wanted);
      const result = page.locator("[data-component-name='Search/SearchItem']").filter({ hasText: wanted }).first();
      await result.waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL(/#\/./);
      await page.getByRole("heading", { name: wanted }).first().waitFor();
      await page.screenshot({ path: join(pictures, `${name}-operation.png`) });
    });
  });

  test("has a search button that the tab key reaches", async () => {
    await visit(path, desktop, async ({ page }) => {
      await redocIsReady(page);
      await page.getByRole("button", { name: "Search" }).press("Enter");
      await page.getByRole("dialog").getByRole("textbox").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    });
  });

  test("switches to dark and back, and the landing page follows the choice", async () => {
    await visit(path, desktop, async ({ page }) => {
      await redocIsReady(page);
      expect(await page.evaluate(brightness)).toBeGreaterThan(200);
      await page.getByTestId("color-mode-switcher").click();
      await expect.poll(() => page.evaluate(brightness)).toBeLessThan(60);
      await page.goto(`${site.server.origin}/`);
      expect(await page.evaluate(brightness)).toBeLessThan(60);
      await page.goto(`${site.server.origin}/${path}`);
      await page.getByTestId("color-mode-switcher").click();
      await expect.poll(() => page.evaluate(brightness)).toBeGreaterThan(200);
    });
  });

  test("is dark where the system is, and follows it while it is open", async () => {
    await visit(path, { ...desktop, colorScheme: "dark" }, async ({ page }) => {
      await redocIsReady(page);
      expect(await page.evaluate(brightness)).toBeLessThan(60);
      await page.screenshot({ path: join(pictures, `${name}-dark.png`) });
      await page.emulateMedia({ colorScheme: "light" });
      await expect.poll(() => page.evaluate(brightness)).toBeGreaterThan(200);
      await redocIsReady(page);
    });
  });

  test("fits a phone, with its menu, its search and its downloads in reach", async () => {
    await visit(path, phone, async ({ page }) => {
      await redocIsReady(page);
      await page.screenshot({ path: join(pictures, `${name}-phone.png`) });
      expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
      await page.getByRole("button", { name: "Open navigation menu" }).click();
      expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
      await page.getByRole("button", { name: "Close navigation menu" }).click();
      await page.getByRole("button", { name: "Downloads" }).click();
      await page.getByRole("link", { name: "openapi-3.1.yaml" }).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Search" }).click();
      await page.getByRole("dialog").waitFor();
      expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
    });
  });

  test("offers to copy, and not to hand the description to hosted tools", async () => {
    await visit(path, { ...desktop, permissions: ["clipboard-read", "clipboard-write"] }, async ({ page }) => {
      await redocIsReady(page);
      const actions = page.getByTestId("page-actions").first();
      await actions.getByRole("button", { name: "Copy" }).click();
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(document.info.title);
      expect(await actions.getByRole("button").count()).toBe(1);
      expect(
        await page
          .getByText(/API docs by|Open in|Connect to/)
          .filter({ visible: true })
          .count(),
      ).toBe(0);
    });
  });

  test("is led past the menu by the skip link", async () => {
    await visit(path, desktop, async ({ page }) => {
      await redocIsReady(page);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("MAIN");
    });
  });

  test("says where the description is when scripts are off", async () => {
    await visit(path, { ...desktop, javaScriptEnabled: false }, async ({ page }) => {
      await page.locator("noscript").getByRole("link", { name: "openapi.yaml" }).click();
    });
  });
});

test("the site works from a folder, without a server", async () => {
  const { page, troubles, close } = await watchedPage(browser, site.fileUrl, desktop);
  await page.goto(`${site.fileUrl}/index.html`);
  const [first] = apis;
  await page.getByRole("link", { name: `Reference of the ${first?.document.info.title}` }).click();
  await redocIsReady(page);
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  expect(troubles).toEqual([]);
  await close();
});

/** Of the page's background, 0 to 255. Runs in the browser. */
function brightness(): number {
  const canvas = document.createElement("canvas").getContext("2d");
  const shown = [document.querySelector("main"), document.body, document.documentElement]
    .map((element) => (element ? getComputedStyle(element).backgroundColor : ""))
    .find((color) => color !== "" && color !== "rgba(0, 0, 0, 0)");
  if (!canvas || !shown) return 255;
  canvas.fillStyle = shown;
  canvas.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return (red + green + blue) / 3;
}

/** How many pixels the page is wider than the window. Runs in the browser. */
function overflow(): number {
  return (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
