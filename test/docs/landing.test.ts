import { expect, test } from "vitest";
import { builtApis, writtenGuides } from "./site.js";
import { useSite } from "./use-site.js";
import { desktop, visit } from "./visit.js";
import { redocIsReady } from "./watch.js";

const apis = await builtApis();

const opened = useSite(apis, await writtenGuides());

test("there is something to show", () => {
  expect(apis.length).toBeGreaterThan(0);
});

test("the landing page leads to the pages of every API, and to its reference", async () => {
  await visit(opened.browser, opened.origin, "", desktop, async (page) => {
    for (const { name, document } of apis) {
      await page.getByRole("heading").getByRole("link", { name: document.info.title }).click();
      await page.waitForURL(`**/${name}/index.html`);
      await page.getByRole("heading", { level: 1, name: document.info.title }).waitFor();
      await page.getByRole("link", { name: "agent-apis" }).click();
      await page.getByRole("link", { name: `Reference of the ${document.info.title}` }).click();
      await page.waitForURL(`**/${name}/reference.html`);
      await redocIsReady(page);
      await page.getByRole("link", { name: "agent-apis" }).click();
      await page.waitForURL("**/index.html");
    }
  });
});

test("every guide that concerns all APIs is on the landing page", async () => {
  const shared = [...(await writtenGuides()).keys()].filter((path) => !path.includes("/"));
  expect(shared.length).toBeGreaterThan(0);
  await visit(opened.browser, opened.origin, "", desktop, async (page) => {
    for (const path of shared) {
      const address = `guides/${path.replace(/\.md$/, ".html")}`;
      expect(await page.locator(`a[href="${address}"]`).count(), address).toBe(1);
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

test("the whole site works from a folder, without a server", async () => {
  await visit(opened.browser, opened.site.fileUrl, "index.html", desktop, async (page) => {
    await page.getByRole("link", { name: `Reference of the ${apis[0]?.document.info.title}` }).click();
    await redocIsReady(page);
    await page.getByRole("button", { name: "Search this reference" }).press("Enter");
    await page.getByRole("dialog").waitFor();
  });
});
