import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ensureChromium } from "./docs/chromium.js";

const root = join(import.meta.dirname, "..");

/** What the tests need and a fresh clone does not have: the compiled package and a browser. */
export default async function setup(): Promise<void> {
  const tsx = createRequire(import.meta.url).resolve("tsx/cli");
  const { status } = spawnSync(process.execPath, [tsx, join(root, "scripts/dist.ts")], { stdio: "inherit" });
  if (status !== 0) throw new Error("The sources do not compile; see the messages of tsc above.");
  process.env.CHROMIUM_PATH = await ensureChromium();
}
