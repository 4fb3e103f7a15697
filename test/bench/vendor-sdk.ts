import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A vendor's own SDK that runs on Node.js 20, takes a `fetch`, and needs no other package. */
export const vendorSdk = "openai@6.49.0";

/** What a bench uses of it. */
export interface VendorSdk {
  readonly models: { retrieve(id: string): Promise<unknown> };
  readonly conversations: { create(body: object): Promise<unknown> };
}

/** Its class, installed outside of this project if it is not there yet; or why there is none. */
export async function loadVendorSdk(): Promise<(new (options: object) => VendorSdk) | string> {
  const folder = join(tmpdir(), `agent-apis-bench-${vendorSdk.replace("@", "-")}`);
  const find = () => createRequire(join(folder, "package.json")).resolve("openai");
  try {
    try {
      find();
    } catch {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, "package.json"), JSON.stringify({ private: true }));
      const npm = spawnSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", vendorSdk], {
        cwd: folder,
        encoding: "utf8",
        timeout: 30_000,
        shell: process.platform === "win32",
      });
      if (npm.status !== 0) return "could not be fetched";
    }
    return (await import(pathToFileURL(find()).href)).default.default;
  } catch {
    return "could not be loaded";
  }
}
