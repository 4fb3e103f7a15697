import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** A page of which everything that must not happen is written down. */
export interface WatchedPage {
  page: Page;
  /** Requests to other origins, errors, warnings and violations of the Content-Security-Policy. Should stay empty. */
  troubles: string[];
  close(): Promise<void>;
}

/**
 * Opens an empty page whose requests to any origin but one are stopped and written down, those of workers too.
 *
 * @param browser the browser; the page gets a context of its own.
 * @param origin what the page may ask: an origin, or the start of a `file://` address.
 * @param options the screen, the color scheme and so on.
 */
export async function watchedPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const troubles: string[] = [];
  const isOwn = (url: string) => url.startsWith(`${origin}/`) || /^(data|blob|about):/.test(url);
  context.on("request", (request) => {
    if (!isOwn(request.url())) troubles.push(`request to ${request.url()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()} from ${response.url()}`);
  });
  await context.route(
    (url) => !isOwn(url.href),
    (route) => {
      troubles.push(`stopped ${route.request().url()}`);
      return route.abort();
    },
  );
  await context.exposeBinding("reportViolation", (_source, text: string) => troubles.push(`policy: ${text}`));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
      const report: unknown = Reflect.get(globalThis, "reportViolation");
      if (typeof report === "function") report(`${violatedDirective} ${blockedURI} ${sample}`);
    });
  });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) troubles.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
  return { page, troubles, close: () => context.close() };
}

/** Waits until Redoc has drawn the page and its search can be used. */
export async function redocIsReady(page: Page): Promise<void> {
  await page.locator("#redoc main :is(h1, h2)").first().waitFor({ state: "attached" });
  await page.getByTestId("search-trigger").getByText("Search").waitFor({ state: "attached" });
}
