import { describe, expect, test, vi } from "vitest";
import { listOperations } from "../../scripts/openapi.js";
import { builtApis } from "./site.js";
import { useSite } from "./use-site.js";
import { brightness, desktop, overflow, phone, picture, visit } from "./visit.js";
import { redocIsReady } from "./watch.js";

const apis = await builtApis();

const opened = useSite(apis);

describe.each(apis)("the reference of $name", ({ name, document }) => {
  const path = `${name}/reference.html`;
  const operations = listOperations(document).map(({ operation }) => operation);
  const wanted = operations.at(-1)?.summary ?? "";

  test("names every operation in its menu or its text", async () => {
    await visit(opened.browser, opened.origin, path, desktop, async (page) => {
      await redocIsReady(page);
      await page.screenshot({ path: await picture(`${name}-light`) });
      const menu = page.locator(".menu-content");
      for (const { name: tag } of document.tags ?? []) {
        const summaries = operations.filter(({ tags }) => tags?.includes(tag)).map(({ summary }) => summary ?? "");
        const group = menu.locator("[data-component-name='Menu/MenuItem']").getByText(tag, { exact: true }).last();
        // A click closes a group that was open, and scrolling opens some by itself.
        await vi.waitFor(
          async () => {
            const shown = (await menu.textContent()) ?? "";
            const missing = summaries.filter((summary) => !shown.includes(summary));
            if (missing.length > 0) await group.click();
            expect(missing).toEqual([]);
          },
          { timeout: 20_000, interval: 400 },
        );
      }
    });
  });

  test("finds an operation by the keyboard alone, and opens it", async () => {
    await visit(opened.browser, opened.origin, path, desktop, async (page) => {
      await redocIsReady(page);
      await page.getByRole("button", { name: "Search this reference" }).press("Enter");
      await page.keyboard.type(wanted);
      const result = page.locator("[data-component-name='Search/SearchItem']").filter({ hasText: wanted }).first();
      await result.waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL(/#\/./);
      await page.getByRole("heading", { name: wanted }).first().waitFor();
      await page.screenshot({ path: await picture(`${name}-operation`) });
    });
  });

  test("has a search of its own that the tab key reaches, beside the one over all pages", async () => {
    await visit(opened.browser, opened.origin, path, desktop, async (page) => {
      await redocIsReady(page);
      const button = page.getByRole("button", { name: "Search this reference" });
      await button.press("Enter");
      await page.getByRole("dialog").getByRole("textbox").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await expect.poll(() => button.evaluate((element) => element === globalThis.document.activeElement)).toBe(true);
      await page.keyboard.press("Control+k");
      expect(await page.locator("#search:focus").count()).toBe(1);
      expect(await page.getByRole("dialog").count()).toBe(0);
    });
  });

  test("switches to dark and back, and the landing page follows the choice", async () => {
    await visit(opened.browser, opened.origin, path, desktop, async (page) => {
      await redocIsReady(page);
      expect(await page.evaluate(brightness)).toBeGreaterThan(200);
      await page.getByRole("button", { name: "Dark colors" }).click();
      await expect.poll(() => page.evaluate(brightness)).toBeLessThan(60);
      await page.goto(`${opened.origin}/`);
      expect(await page.evaluate(brightness)).toBeLessThan(60);
      await page.goto(`${opened.origin}/${path}`);
      await page.getByRole("button", { name: "Dark colors" }).click();
      await expect.poll(() => page.evaluate(brightness)).toBeGreaterThan(200);
    });
  });

  test("is dark where the system is, and follows it while it is open", async () => {
    await visit(opened.browser, opened.origin, path, { ...desktop, colorScheme: "dark" }, async (page) => {
      await redocIsReady(page);
      expect(await page.evaluate(brightness)).toBeLessThan(60);
      await page.screenshot({ path: await picture(`${name}-dark`) });
      await page.emulateMedia({ colorScheme: "light" });
      await expect.poll(() => page.evaluate(brightness)).toBeGreaterThan(200);
      await redocIsReady(page);
    });
  });

  test("fits a phone, with its menu, its search and its downloads in reach", async () => {
    await visit(opened.browser, opened.origin, path, phone, async (page) => {
      await redocIsReady(page);
      await page.screenshot({ path: await picture(`${name}-phone`) });
      expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
      await page.getByRole("button", { name: "Open navigation menu" }).click();
      expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
      await page.getByRole("button", { name: "Close navigation menu" }).click();
      await page.getByRole("link", { name: "openapi-3.1.yaml" }).waitFor();
    });
  });

  test("offers to copy, and not to hand the description to hosted tools", async () => {
    await visit(
      opened.browser,
      opened.origin,
      path,
      { ...desktop, permissions: ["clipboard-read", "clipboard-write"] },
      async (page) => {
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
      },
    );
  });

  test("is led past the menu by the skip link", async () => {
    await visit(opened.browser, opened.origin, path, desktop, async (page) => {
      await redocIsReady(page);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      expect(await page.locator("main:focus").count()).toBe(1);
    });
  });

  test("leads to the page of every operation", async () => {
    const addresses = operations.map(({ operationId }) => `operations/${operationId}.html`);
    await visit(opened.browser, opened.origin, path, desktop, async (page) => {
      await redocIsReady(page);
      const description = await page.evaluate(
        () => globalThis.document.getElementById("description")?.textContent ?? "",
      );
      expect(addresses.filter((address) => !description.includes(`](${address})`))).toEqual([]);
    });
    const { tags: [tag = ""] = [], operationId = "" } = operations[0] ?? {};
    const place = `${path}#/${tag.toLowerCase().replaceAll(" ", "-")}/${operationId.toLowerCase()}`;
    await visit(opened.browser, opened.origin, place, desktop, async (page) => {
      await redocIsReady(page);
      await page.getByRole("link", { name: "on a page of its own" }).first().click();
      await page.waitForURL(`**/${name}/operations/*.html`);
    });
  });

  test("says where else the same is when scripts are off", async () => {
    await visit(opened.browser, opened.origin, path, { ...desktop, javaScriptEnabled: false }, async (page) => {
      await page.locator("noscript").getByRole("link").click();
      await page.waitForURL(`**/${name}/index.html`);
    });
  });
});

test("streams are shown event by event", async () => {
  const place = "hero/reference.html#/ai/streamagent";
  await visit(opened.browser, opened.origin, place, desktop, async (page) => {
    await redocIsReady(page);
    const rows = page.getByRole("table").filter({ hasText: "tool_call" }).getByRole("row");
    await rows.filter({ hasText: "delta" }).first().waitFor();
    await page.screenshot({ path: await picture("reference-stream") });
    const first = await rows.locator("td:first-child").allTextContents();
    expect(first).toEqual(expect.arrayContaining(["delta", "tool_call", "tool_result", "done", "error"]));
  });
});

test("how parts are known, secrets and deprecated names are marked", async () => {
  await visit(
    opened.browser,
    opened.origin,
    "herobrain/reference.html#/webhooks/createwebhook",
    desktop,
    async (page) => {
      await redocIsReady(page);
      await page.locator(".badge.secret").getByText("secret", { exact: true }).waitFor();
      await page.locator(".badge.documented").first().waitFor();
      await page.locator(".badge.inferred").first().waitFor();
    },
  );
  await visit(opened.browser, opened.origin, "hermes/reference.html#/sessions/getsession", desktop, async (page) => {
    await redocIsReady(page);
    await page.getByText("deprecated", { exact: true }).first().waitFor();
  });
});
