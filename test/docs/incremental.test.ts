import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { buildDocs } from "../../scripts/docs.js";
import { hashFiles, listFiles } from "../../scripts/files.js";
import { build } from "../../scripts/pipeline.js";
import { BrokenDocumentationError } from "../../scripts/problems.js";
import { findApis } from "../../scripts/project.js";
import { type Copy, copyProject, root } from "../scripts/copy.js";

const api = "herobrain";
const memory = `specs/${api}/schemas/Memory.yaml`;
const guide = `docs/guides/${api}/notes.md`;
const longAgo = new Date("2001-01-01");

let copy: Copy;
let site: string;
beforeAll(async () => {
  copy = await copyProject();
  for (const { name, folder } of await findApis(copy.root)) if (name !== api) await rm(folder, { recursive: true });
  site = join(copy.root, "generated/docs");
  await writeGuide("# Notes\n\nA guide.\n");
  await make();
});
afterAll(() => copy.remove());

async function writeGuide(text: string): Promise<void> {
  await mkdir(join(copy.root, guide, ".."), { recursive: true });
  await writeFile(join(copy.root, guide), text);
}

const make = async () => buildDocs(copy.root, await build({ root: copy.root }));

/** The files of the site by their path. */
async function siteFiles(): Promise<Map<string, string>> {
  const files = await listFiles(site);
  const read = files.map(
    async (file) => [relative(site, file).split(sep).join("/"), await readFile(file, "utf8")] as const,
  );
  return new Map(await Promise.all(read));
}

/** The files that were written since all of them were made to look old. */
async function written(): Promise<string[]> {
  const times = [...(await siteFiles()).keys()].map(async (path) =>
    (await stat(join(site, path))).mtime > longAgo ? path : "",
  );
  return (await Promise.all(times)).filter((path) => path !== "").sort();
}

beforeEach(async () => {
  for (const file of await listFiles(site)) await utimes(file, longAgo, longAgo);
});

/** Starts a build, and kills it as soon as it says something. */
async function breakOff(word: string): Promise<void> {
  const script = join(root, "scripts/build.ts");
  const args = ["--import", import.meta.resolve("tsx/esm"), script, "--docs", "--root", copy.root];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.on("data", (text: Buffer) => String(text).includes(word) && child.kill("SIGKILL"));
  expect(await once(child, "close")).toEqual([null, "SIGKILL"]);
}

const isPage = (path: string) => /^[^/]+\/(operations|errors|webhooks|guides)\//.test(path);

describe("a build after a change", () => {
  test("writes nothing if there was none", async () => {
    const { pages, rendered } = await make();
    expect(pages).toBeGreaterThan(20);
    expect(rendered).toBeUndefined();
    expect(await written()).toEqual([]);
  });

  test("of a schema makes the pages that show it, and no other", async () => {
    const before = await siteFiles();
    await copy.edit(memory, (text) => text.replace("The text that is remembered.", "The words that are remembered."));
    const { pages, rendered = 0 } = await make();
    const after = await siteFiles();
    const showing = [...after].flatMap(([path, text]) => (/The words that are remembered/.test(text) ? [path] : []));
    expect(showing).toContain(`${api}/operations/getMemory.md`);
    expect(showing).toContain(`${api}/openapi.yaml`);
    expect((await written()).filter(isPage)).toEqual(showing.filter(isPage).sort());
    expect(rendered).toBe(showing.filter((path) => isPage(path) && path.endsWith(".md")).length);
    expect(rendered).toBeLessThan(pages / 2);
    // What it did not make anew is what it would have made.
    await rm(join(copy.root, ".cache/docs.json"));
    await rm(join(copy.root, ".cache/docs-pages.json"));
    expect(await make()).toEqual({ pages, rendered: pages });
    expect(await siteFiles()).toEqual(after);
    expect(after).not.toEqual(before);
  });

  test("of a guide makes its page alone", async () => {
    await writeGuide("# Notes\n\nA guide.\n\n## More\n\nOf it.\n");
    expect((await make()).rendered).toBe(1);
    expect((await written()).filter(isPage)).toEqual([`${api}/guides/notes.html`, `${api}/guides/notes.md`]);
  });

  test("of an operation's name makes every page anew, since all of them list it", async () => {
    await copy.edit(`specs/${api}/paths/memories.yaml`, (text) =>
      text.replace(/^( {2}summary: ).*$/m, "$1List all of them"),
    );
    const { pages, rendered } = await make();
    expect(rendered).toBe(pages);
    const file = await readFile(join(site, `${api}/operations/getMemory.html`), "utf8");
    expect(file).toContain("List all of them");
  });

  test("finds a link that has gone dead on a page that has not changed", async () => {
    await writeGuide("# Notes\n\nA guide.\n\n## More\n\nOf it.\n");
    const other = join(copy.root, `docs/guides/${api}/other.md`);
    await writeFile(other, "# Other\n\nSee [more](notes.md#more).\n");
    await make();
    await writeGuide("# Notes\n\nA guide.\n\n## Less\n\nOf it.\n");
    const error = await make().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BrokenDocumentationError);
    expect((error as BrokenDocumentationError).problems).toMatchObject([{ file: other, line: 3, column: 5 }]);
    await rm(other);
    await make();
  });
});

describe("a file of the site that somebody has", () => {
  test("changed is made anew", async () => {
    const path = join(site, `${api}/operations/getMemory.html`);
    const whole = await readFile(path, "utf8");
    await writeFile(path, "shorter");
    expect((await make()).rendered).toBe(1);
    expect(await readFile(path, "utf8")).toBe(whole);
  });

  test("removed is made anew, and one that does not belong there goes", async () => {
    const path = join(site, `${api}/operations/getMemory.md`);
    const whole = await readFile(path, "utf8");
    await rm(path);
    await writeFile(join(site, "left-over.html"), "");
    expect((await make()).rendered).toBe(1);
    expect(await readFile(path, "utf8")).toBe(whole);
    await expect(stat(join(site, "left-over.html"))).rejects.toThrow("ENOENT");
  });
});

describe("the site stays as it was, whole,", () => {
  const broken = "# Notes\n\nA guide to [nothing](op:nothing).\n";

  test("when a text is broken: exit code 1, and file, line and column on stderr", async () => {
    const before = await hashFiles([site]);
    await writeGuide(broken);
    const { code, stderr } = await copy.run("build.ts", "--docs");
    expect(code).toBe(1);
    expect(stderr).toContain(`${join(...guide.split("/"))}:3:12  error  dead-link`);
    expect(stderr).toContain("1 problem in the documentation. generated/docs stays as it was.");
    expect(await hashFiles([site])).toBe(before);
    await writeGuide("# Notes\n\nA guide.\n");
  });

  test("when a build is broken off, and the next one brings it up to date", async () => {
    await make();
    const before = await hashFiles([site]);
    await writeGuide("# Notes\n\nAnother guide.\n");
    await breakOff("documentation");
    expect(await hashFiles([site])).toBe(before);
    await make();
    expect(await readFile(join(site, `${api}/guides/notes.md`), "utf8")).toContain("Another guide.");
  });
});
