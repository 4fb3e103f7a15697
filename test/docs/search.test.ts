import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { builtApis, writtenGuides } from "./site.js";
import { useSite } from "./use-site.js";
import { desktop, phone, picture, visit } from "./visit.js";

const opened = useSite(await builtApis(), await writtenGuides());

/** Types and waits until the search has answered. */
async function type(page: Page, query: string): Promise<void> {
  await page.getByRole("combobox").fill(query);
  await page.waitForFunction(
    (typed) => document.querySelector<HTMLElement>("#results")?.dataset.query === typed,
    query,
  );
}

async function first(page: Page): Promise<string> {
  const href = await page.getByRole("option").first().getAttribute("href");
  return (href ?? "").replace(/^(\.\.\/)*/, "").replace(/\.html$/, "");
}

test("the first result is the page that was meant", async () => {
  const meant = {
    createMemory: "herobrain/operations/createMemory",
    "memories.create": "herobrain/operations/createMemory",
    "POST /api/v1/memories": "herobrain/operations/createMemory",
    "https://api.herobrain.ai/api/v1/memories/mem_1": "herobrain/operations/getMemory",
    "DELETE /api/v1/memories/mem_1": "herobrain/operations/deleteMemory",
    "402 herobrain": "herobrain/errors/INSUFFICIENT_QUOTA",
    "what does a HeroBrain 402 mean": "herobrain/errors/INSUFFICIENT_QUOTA",
    INSUFFICIENT_QUOTA: "herobrain/errors/INSUFFICIENT_QUOTA",
    "login hermes": "hermes/operations/login",
    "how do I log in to Hermes": "hermes/guides/authentication",
    "stream hero": "hero/operations/streamAgent",
    "webhook sign heycmo": "heycmo/guides/webhooks",
    "how does HeyCMO sign webhooks": "heycmo/guides/webhooks",
    "memory.created": "herobrain/webhooks/memory.created",
    hermes: "hermes/index",
  };
  await visit(opened.browser, opened.origin, "index.html", desktop, async (page) => {
    const found: Record<string, string> = {};
    for (const query of Object.keys(meant)) {
      await type(page, query);
      found[query] = await first(page);
    }
    expect(found).toEqual(meant);
  });
});

test("of pages that fit as well as others, those of the API that one reads come first", async () => {
  for (const api of ["hero", "herobrain", "heycmo"]) {
    await visit(opened.browser, opened.origin, `${api}/index.html`, desktop, async (page) => {
      await type(page, "rate limits");
      expect(await first(page)).toBe(`${api}/guides/rate-limits`);
    });
  }
});

test("a kind of event is found by its name", async () => {
  await visit(opened.browser, opened.origin, "index.html", desktop, async (page) => {
    await type(page, "title_status");
    expect(await page.getByRole("option").allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining("/api/chat/stream")]),
    );
  });
});

describe("with the keyboard alone", () => {
  test("a page is found and opened, from the landing page and from a page below it", async () => {
    for (const start of ["index.html", "hermes/operations/login.html"]) {
      await visit(opened.browser, opened.origin, start, desktop, async (page) => {
        await page.keyboard.press("Control+k");
        await page.keyboard.type("createMemory");
        await page.getByRole("option", { name: "Store a memory" }).waitFor();
        await page.keyboard.press("Enter");
        await page.waitForURL("**/herobrain/operations/createMemory.html");
      });
    }
  });

  test("the tab key leads to the search, arrows go through the results, Escape closes and empties", async () => {
    await visit(opened.browser, opened.origin, "index.html", desktop, async (page) => {
      const box = page.getByRole("combobox");
      for (let presses = 0; presses < 6 && (await page.locator("#search:focus").count()) === 0; presses++) {
        await page.keyboard.press("Tab");
      }
      expect(await page.locator("#search:focus").count()).toBe(1);
      await page.keyboard.type("memory");
      await page.getByRole("option").first().waitFor();
      const active = () => box.getAttribute("aria-activedescendant");
      const selected = () => page.locator("[role=option][aria-selected=true]").getAttribute("id");
      expect([await active(), await selected()]).toEqual(["result-0", "result-0"]);
      await page.keyboard.press("ArrowDown");
      expect([await active(), await selected()]).toEqual(["result-1", "result-1"]);
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowUp");
      expect(await active()).toBe(await page.getByRole("option").last().getAttribute("id"));
      await page.screenshot({ path: await picture("search-light") });
      await page.keyboard.press("Escape");
      expect(await box.getAttribute("aria-expanded")).toBe("false");
      expect(await page.getByRole("option").count()).toBe(0);
      await page.keyboard.press("Escape");
      expect(await box.inputValue()).toBe("");
    });
  });
});

test("what cannot be found is said, to screen readers too", async () => {
  await visit(opened.browser, opened.origin, "index.html", desktop, async (page) => {
    await type(page, "zzqx");
    expect(await page.getByRole("status").textContent()).toContain("zzqx");
    await page.locator(".nothing").waitFor();
  });
});

test("markup that is typed is text", async () => {
  await visit(opened.browser, opened.origin, "index.html", desktop, async (page) => {
    await type(page, "<img src=x onerror=alert(1)>zzqx");
    expect(await page.locator("#results img").count()).toBe(0);
  });
});

test("results fit a phone", async () => {
  await visit(
    opened.browser,
    opened.origin,
    "herobrain/index.html",
    { ...phone, colorScheme: "dark" },
    async (page) => {
      await type(page, "memory");
      await page.screenshot({ path: await picture("search-phone") });
      const box = await page.locator("#results").boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(phone.viewport.width);
    },
  );
});

test("the index is loaded when somebody turns to the search, and not before", async () => {
  await visit(opened.browser, opened.origin, "index.html", desktop, async (page) => {
    const loaded = () =>
      page.evaluate(
        () => performance.getEntriesByType("resource").filter(({ name }) => name.includes("search-index")).length,
      );
    expect(await loaded()).toBe(0);
    await page.getByRole("combobox").focus();
    await expect.poll(loaded).toBe(1);
  });
});

test("every keystroke is answered; the times are printed", async () => {
  const query = "how do webhooks of heycmo get signed";
  await visit(opened.browser, opened.origin, "hermes/index.html", desktop, async (page) => {
    await page.keyboard.press("/");
    await page.keyboard.type(query, { delay: 40 });
    await type(page, query);
    const [first = 0, ...times] = await page.evaluate(() =>
      globalThis.performance.getEntriesByName("search").map(({ duration }) => duration),
    );
    expect(times.length + 1).toBeGreaterThanOrEqual(query.length);
    const sorted = times.sort((one, other) => one - other);
    const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1);
    console.info(
      `Search, from a keystroke to its results in the page: median ${at(0.5)} ms, longest ${at(1)} ms; ` +
        `the first, with loading the index, ${first.toFixed(1)} ms.`,
    );
  });
});
