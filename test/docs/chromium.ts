import { spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const require = createRequire(import.meta.url);

/**
 * Starts an installed Chromium, without a window; installs one first if there is none, see {@link ensureChromium}.
 *
 * @returns the browser; close it when done.
 */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureChromium(),
    args: [
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      // Chromium refuses to start its sandbox as root.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
  });
}

/**
 * Finds a Chromium or a relative of it, and installs one if there is none: by apt-get as root on Debian and its like,
 * otherwise by Playwright into its own cache.
 *
 * @returns the path of the executable.
 * @throws Error that says what to do, when `CHROMIUM_PATH` leads nowhere or nothing could be found or installed.
 */
export async function ensureChromium(): Promise<string> {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, and there is no program. Correct it or unset it.`);
  }
  const installed = findOnPath() ?? usualPlaces().find(isExecutable);
  if (installed) return installed;
  if (process.platform === "linux" && process.getuid?.() === 0) {
    // A fresh machine has no list of packages, or an old one.
    run("apt-get", ["update"]);
    run("apt-get", ["install", "-y", "chromium"]);
    const fresh = findOnPath();
    if (fresh) return fresh;
  }
  run(process.execPath, [join(require.resolve("playwright-core/package.json"), "../cli.js"), "install", "chromium"]);
  if (isExecutable(chromium.executablePath())) return chromium.executablePath();
  throw new Error(
    "These tests need a Chromium, and none could be found or installed. Install Chromium, Chrome or Edge, " +
      "or set CHROMIUM_PATH to the executable of one.",
  );
}

function findOnPath(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return ["chromium", "chromium-browser", "google-chrome"]
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find(isExecutable);
}

/** Where the installers of Chrome and Edge put them, then Playwright's cache. */
function usualPlaces(): string[] {
  const { ProgramFiles, LOCALAPPDATA, "ProgramFiles(x86)": programFiles86 } = process.env;
  const windows = [ProgramFiles, programFiles86, LOCALAPPDATA].flatMap((folder) =>
    folder
      ? [join(folder, "Google/Chrome/Application/chrome.exe"), join(folder, "Microsoft/Edge/Application/msedge.exe")]
      : [],
  );
  const mac = ["Google Chrome", "Microsoft Edge", "Chromium"].map(
    (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
  );
  const platform = process.platform === "win32" ? windows : process.platform === "darwin" ? mac : [];
  return [...platform, chromium.executablePath()];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** A failure is not reported here: what counts is whether a browser is there afterwards. */
function run(program: string, args: readonly string[]): void {
  spawnSync(program, args, { stdio: "inherit" });
}
