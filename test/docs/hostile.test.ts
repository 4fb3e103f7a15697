import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OpenApiDocument } from "../../scripts/openapi.js";
import { launchChromium } from "./chromium.js";
import { documented, openSite, type Site } from "./site.js";
import { redocIsReady, watchedPage } from "./watch.js";

const markup =
  `<script>globalThis.ran = "script"</script>` +
  `<img src="data:," onerror="globalThis.ran = 'handler'">` +
  `<svg onload="globalThis.ran = 'svg'"></svg>` +
  `<iframe srcdoc="<script>parent.ran = 'frame'</script>"></iframe>` +
  `<a href="javascript:globalThis.ran = 'html link'">html link</a> [markdown link](javascript:globalThis.ran='markdown')`;

const document: OpenApiDocument = {
  openapi: "3.2.0",
  info: { title: `Hostile ${markup}`, version: "1", summary: `Summary ${markup}`, description: `Overview ${markup}` },
  servers: [{ url: "https://api.example.com", description: `Server ${markup}` }],
  tags: [{ name: "Things", summary: `Tag ${markup}`, description: `Tag text ${markup}` }],
  paths: {
    "/things": {
      post: {
        operationId: "makeThing",
        summary: "Make a thing",
        description: `Operation ${markup}`,
        tags: ["Things"],
        parameters: [{ name: "q", in: "query", description: `Parameter ${markup}`, schema: { type: "string" } }],
        requestBody: {
          content: {
            "application/json": {
              schema: {
                type: "object",
                description: `Schema ${markup}`,
                properties: { field: { type: "string", description: `Field ${markup}`, default: markup } },
              },
            },
          },
        },
        responses: { "200": { description: `Response ${markup}` } },
      },
    },
  },
};

let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite([documented("hostile", document)]), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

test.each([
  "index.html",
  "hostile/index.html",
  "hostile/operations/makeThing.html",
  "hostile/reference.html",
  "hostile/reference.html#/things/makething",
])("markup in a description does not run on %s", async (path) => {
  const { page, troubles, close } = await watchedPage(browser, site.server.origin);
  await page.goto(`${site.server.origin}/${path}`);
  if (path.includes("reference")) {
    await redocIsReady(page);
    await page
      .getByText(path.includes("#") ? "Field" : "Overview")
      .first()
      .waitFor();
  }
  await page.getByText(/^(html|markdown) link$/).evaluateAll((links) => {
    for (const link of links) {
      // A link that leads somewhere would leave the page, and with it what has run.
      const runs = link.getAttribute("href")?.startsWith("javascript:");
      if (!runs) link.addEventListener("click", (event) => event.preventDefault());
      (link as HTMLElement).click();
    }
  });
  expect(await page.evaluate(() => Reflect.get(globalThis, "ran"))).toBeUndefined();
  expect(await page.locator("iframe, [onerror], [onload], a[href^='javascript:']").count()).toBe(0);
  // The sanitizer parses the markup in a document of its own, where Chromium reports the handlers that it refuses.
  expect(troubles.filter((trouble) => !/script-src-attr|inline event handler/.test(trouble))).toEqual([]);
  await close();
});

test("an image in a description that is on another host is not loaded", async () => {
  const pictures = await openSite([
    documented("pictures", {
      openapi: "3.2.0",
      info: { title: "Pictures", version: "1", description: "Before ![a](https://tracker.example/a.png) after" },
    }),
  ]);
  const { page, troubles, close } = await watchedPage(browser, pictures.server.origin);
  await page.goto(`${pictures.server.origin}/pictures/reference.html`);
  await redocIsReady(page);
  await page.getByText("after").first().waitFor();
  await expect.poll(() => troubles.join()).toContain("policy: img-src https://tracker.example");
  // Only what the policy lets through gets as far as to be stopped.
  expect(troubles.join()).not.toContain("stopped");
  await close();
  await pictures.close();
});
