import { expect, test } from "vitest";
import { kindsOfPages } from "./kinds.js";
import { builtApis, writtenGuides } from "./site.js";
import { useSite } from "./use-site.js";
import { brightness, desktop, phone, visit } from "./visit.js";

const documented = { apis: await builtApis(), guides: await writtenGuides() };
const kinds = new Map(kindsOfPages(documented).map(({ kind, path }) => [kind, path]));
const pathOf = (kind: string) => kinds.get(kind) ?? "";

const opened = useSite(documented.apis, documented.guides);

test("samples are chosen with the keyboard, and the choice is kept on other pages", async () => {
  await visit(opened.browser, opened.origin, pathOf("operation"), desktop, async (page) => {
    const shown = page.locator(".sample").filter({ visible: true });
    await page.getByRole("radio", { name: "Client" }).focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.getByRole("radio", { name: "curl" }).isChecked()).toBe(true);
    expect(await shown.textContent()).toContain("curl ");
    await page.goto(`${opened.origin}/${pathOf("stream")}`);
    expect(await page.getByRole("radio", { name: "curl" }).isChecked()).toBe(true);
    expect(await shown.textContent()).toContain("curl ");
  });
});

test("fields open with the keyboard", async () => {
  await visit(opened.browser, opened.origin, pathOf("stream"), desktop, async (page) => {
    const details = page
      .locator("article details")
      .filter({ has: page.locator(".fields") })
      .first();
    expect(await details.getAttribute("open")).toBeNull();
    await details.locator("> summary").press("Enter");
    expect(await details.getAttribute("open")).not.toBeNull();
    await details.locator(".field").first().waitFor();
  });
});

test("a sample is copied as it is, with the name of what is copied told to screen readers", async () => {
  const options = { ...desktop, permissions: ["clipboard-read", "clipboard-write"] };
  await visit(opened.browser, opened.origin, pathOf("operation"), options, async (page) => {
    const sample = page.locator(".samples").first().locator(".sample").filter({ visible: true });
    await sample.getByRole("button", { name: /^Copy .*Client/ }).press("Enter");
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(await sample.locator("code").first().textContent());
  });
});

test("the switch of colors holds on other pages, and back at the system's choice follows the system", async () => {
  await visit(opened.browser, opened.origin, pathOf("guide"), desktop, async (page) => {
    const button = page.getByRole("button", { name: "Dark colors" });
    await button.press("Enter");
    expect(await button.getAttribute("aria-pressed")).toBe("true");
    await page.goto(`${opened.origin}/${pathOf("operation")}`);
    expect(await page.evaluate(brightness)).toBeLessThan(60);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.emulateMedia({ colorScheme: "light" });
    expect(await page.evaluate(brightness)).toBeLessThan(60);
    await button.click();
    expect(await page.evaluate(brightness)).toBeGreaterThan(200);
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(() => page.evaluate(brightness)).toBeLessThan(60);
  });
});

test("on a phone a button shows the list of pages, and Escape hides it", async () => {
  await visit(opened.browser, opened.origin, pathOf("operation"), phone, async (page) => {
    const current = page.getByRole("navigation").locator("[aria-current=page]");
    expect(await current.isVisible()).toBe(false);
    await page.getByRole("button", { name: "Menu" }).click();
    await current.waitFor();
    await page.keyboard.press("Escape");
    await current.waitFor({ state: "hidden" });
  });
});

test("the skip link leads past search and navigation", async () => {
  await visit(opened.browser, opened.origin, pathOf("operation"), desktop, async (page) => {
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.locator("main:focus").count()).toBe(1);
  });
});

test("everything that is focused can be seen to be", async () => {
  for (const kind of ["landing", "operation", "guide"]) {
    await visit(opened.browser, opened.origin, pathOf(kind), desktop, async (page) => {
      for (let presses = 0; presses < 25; presses++) {
        await page.keyboard.press("Tab");
        const [what, isSeen] = await page.evaluate(() => {
          const focused = document.activeElement;
          if (!focused || focused === document.body) return ["nothing", true] as const;
          // A hidden radio button shows its focus on its label.
          const shown = focused.matches("input[type=radio]") ? focused.nextElementSibling : focused;
          const { outlineStyle, outlineWidth } = getComputedStyle(shown ?? focused);
          return [focused.outerHTML.slice(0, 120), outlineStyle !== "none" && outlineWidth !== "0px"] as const;
        });
        expect(isSeen, what).toBe(true);
      }
    });
  }
});

test("without scripts a page is read whole, samples included, and nothing is there that does nothing", async () => {
  const options = { ...desktop, javaScriptEnabled: false, colorScheme: "dark" } as const;
  await visit(opened.browser, opened.origin, pathOf("operation"), options, async (page) => {
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.locator("label", { hasText: "curl" }).click();
    expect(await page.locator(".sample").filter({ visible: true }).textContent()).toContain("curl ");
    expect(await page.getByRole("combobox").count()).toBe(0);
    expect(await page.getByRole("button", { name: /Copy|Dark/ }).count()).toBe(0);
    const background = await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
    expect(background).toBe("rgb(20, 22, 27)");
    await page.getByRole("link", { name: "Reference on one page" }).click();
    await page.locator("noscript").waitFor();
  });
});

test("every page links to its Markdown", async () => {
  await visit(opened.browser, opened.origin, pathOf("operation"), desktop, async (page) => {
    const href = await page.locator("link[rel=alternate][type='text/markdown']").getAttribute("href");
    const answer = await page.request.get(new URL(href ?? "", page.url()).href);
    expect(answer.headers()["content-type"]).toContain("text/markdown");
    expect(await answer.text()).toContain(await page.getByRole("heading", { level: 1 }).innerText());
  });
});
