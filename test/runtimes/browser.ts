import { launchChromium } from "../docs/chromium.js";
import { bundle } from "./globals.js";
import { type Job, type Outcome, writeStart } from "./job.js";
import { startServers } from "./server.js";

/** Runs the program in a page of Chromium. */
export async function runInChromium(job: Job): Promise<Outcome> {
  const files: Record<string, string> = { "/": "<!doctype html><link rel=icon href=data:,><title>Program</title>" };
  const servers = await startServers(files);
  const browser = await launchChromium();
  try {
    await writeStart(job, servers.origins, true);
    files["/main.js"] = await bundle(job.project, 'export { start } from "./start.mjs";');
    const page = await browser.newPage();
    const lines: string[] = [];
    const troubles: string[] = [];
    page.on("pageerror", (error) => troubles.push(error.stack ?? error.message));
    await page.exposeFunction("print", (line: string) => void lines.push(line));
    await page.goto(`${servers.origins.home}/`);
    await page
      .evaluate('import("/main.js").then(({ start }) => start(print))')
      .catch((error) => troubles.push(String(error)));
    return { lines, troubles, version: browser.version() };
  } finally {
    await browser.close();
    await servers.close();
  }
}
