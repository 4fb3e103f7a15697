import { expect, test } from "vitest";
import { builtApis } from "./site.js";
import { useSite } from "./use-site.js";
import { brightness, desktop, overflow, phone, picture, visit } from "./visit.js";
import { redocIsReady } from "./watch.js";

const apis = await builtApis();

const opened = useSite(apis);

test("there is something to show", () => {
  expect(apis.length).toBeGreaterThan(0);
});

test("the landing page leads to every reference", async () => {
  await visit(opened.browser, opened.origin, "", desktop, async (page) => {
    await page.screenshot({ path: await picture("index-light"), fullPage: true });
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
  await visit(
    opened.browser,
    opened.origin,
    "",
    { ...desktop, permissions: ["clipboard-read", "clipboard-write"] },
    async (page) => {
      await page.getByRole("button", { name: "Copy the code of “Test a server”" }).click();
      await page.getByRole("button", { name: "Copied" }).waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("npx agent-apis mock");
    },
  );
});

test("the landing page is dark where the system is, and fits a phone", async () => {
  await visit(opened.browser, opened.origin, "", { ...phone, colorScheme: "dark" }, async (page) => {
    expect(await page.evaluate(brightness)).toBeLessThan(60);
    expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
    await page.screenshot({ path: await picture("index-dark-phone"), fullPage: true });
  });
  await visit(opened.browser, opened.origin, "", phone, async (page) => {
    await page.screenshot({ path: await picture("index-phone"), fullPage: true });
  });
  await visit(opened.browser, opened.origin, "", { ...desktop, colorScheme: "dark" }, async (page) => {
    await page.screenshot({ path: await picture("index-dark"), fullPage: true });
  });
});

test("the site works from a folder, without a server", async () => {
  await visit(opened.browser, opened.site.fileUrl, "index.html", desktop, async (page) => {
    await page.getByRole("link", { name: `Reference of the ${apis[0]?.document.info.title}` }).click();
    await redocIsReady(page);
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
  });
});
