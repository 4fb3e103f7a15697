import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { expect } from "vitest";
import { packageRoot } from "../../src/package-root.js";
import { type WatchedPage, watchedPage } from "./watch.js";

/** A window on a desk. */
export const desktop = { viewport: { width: 1280, height: 800 } };
/** A narrow phone. */
export const phone = { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

/** Where a test leaves a picture to look at; git ignores the folder. */
export async function picture(name: string): Promise<string> {
  const folder = join(packageRoot, "test-results", "docs");
  await mkdir(folder, { recursive: true });
  return join(folder, `${name}.png`);
}

/**
 * Opens a page, does something with it, and fails if meanwhile anything was asked of another host or went wrong.
 *
 * @param browser the browser.
 * @param origin the origin of the site, or the `file://` address of its folder.
 * @param path below it.
 * @param options the screen, the color scheme and so on.
 * @param steps what to do with the page.
 */
export async function visit(
  browser: Browser,
  origin: string,
  path: string,
  options: BrowserContextOptions,
  steps: (page: WatchedPage["page"]) => Promise<void>,
): Promise<void> {
  const { page, troubles, close } = await watchedPage(browser, origin, options);
  try {
    await page.goto(`${origin}/${path}`);
    await steps(page);
    expect(troubles).toEqual([]);
  } finally {
    await close();
  }
}

/** Of the page's background, 0 to 255. Runs in the browser. */
export function brightness(): number {
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
export function overflow(): number {
  return (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth;
}
