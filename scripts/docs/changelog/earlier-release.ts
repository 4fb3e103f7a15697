import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { UsageError } from "../../../src/cli/errors.js";

const run = promisify(execFile);

/** The descriptions of an earlier release. */
export interface EarlierRelease {
  /** Of the package. */
  readonly version: string;
  /** The bundle of an API as YAML; `undefined` if the release did not have it. */
  description(api: string): Promise<string | undefined>;
}

/**
 * Opens an earlier release.
 *
 * @param root the project, for revisions of git.
 * @param from the path of a tarball of the package, or of a folder that holds the package or a checkout; else a revision.
 * @param use is called with the release; what had to be unpacked is there as long as it runs.
 * @throws UsageError when it is none of these, or no release of the package.
 */
export async function withEarlierRelease<T>(
  root: string,
  from: string,
  use: (release: EarlierRelease) => Promise<T>,
): Promise<T> {
  const stats = await stat(from).catch(() => undefined);
  if (stats?.isDirectory()) return use(await inFolder(from));
  if (stats === undefined) return use(await inRevision(root, from));
  const folder = await mkdtemp(join(tmpdir(), "agent-apis-release-"));
  try {
    await run("tar", ["-xzf", from, "-C", folder]);
    return await use(await inFolder(join(folder, "package")));
  } catch (error) {
    if ((error as { cmd?: string }).cmd) throw new UsageError(`${from} is not a tarball of the package.`);
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function inFolder(folder: string): Promise<EarlierRelease> {
  const read = (path: string) => readFile(join(folder, path), "utf8").catch(() => undefined);
  return release(read, folder);
}

async function inRevision(root: string, revision: string): Promise<EarlierRelease> {
  const git = (...args: string[]) => run("git", args, { cwd: root, maxBuffer: 64 * 2 ** 20 });
  await git("rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`).catch(() => {
    throw new UsageError(`"${revision}" is no file, no folder and no revision of git.`);
  });
  const read = async (path: string) => {
    const { stdout: known } = await git("ls-tree", "--name-only", revision, "--", path);
    return known === "" ? undefined : (await git("show", `${revision}:${path}`)).stdout;
  };
  return release(read, revision);
}

async function release(read: (path: string) => Promise<string | undefined>, where: string): Promise<EarlierRelease> {
  const manifest = await read("package.json");
  if (manifest === undefined)
    throw new UsageError(`There is no package.json in ${where}: it is not a release of this package.`);
  const { version } = JSON.parse(manifest) as { version: string };
  return { version, description: (api) => read(`generated/${api}/openapi.yaml`) };
}
