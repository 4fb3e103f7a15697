import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { changelogPage } from "../../scripts/docs/changelog/changelog-page.js";
import { compareVersions, readRecords } from "../../scripts/docs/changelog/record.js";
import { type Documented, makeSite } from "../../scripts/docs/docs.js";
import { listOperations, type OpenApiDocument, type Schema } from "../../scripts/openapi.js";
import { root, runScript } from "../scripts/copy.js";
import { documented } from "./site.js";

const run = promisify(execFile);
const api = "herobrain";
const path = `generated/${api}/openapi.yaml`;

/** A project with the bundle of one API, of which there is an earlier release as folder, tarball and tag of git. */
let project: string;
let tarball: string;
let bundle: OpenApiDocument;
const git = (...args: string[]) =>
  run("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args], { cwd: project });

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "agent-apis-changelog-"));
  await mkdir(join(project, `specs/${api}`), { recursive: true });
  await mkdir(join(project, `generated/${api}`), { recursive: true });
  await writeFile(join(project, `specs/${api}/openapi.yaml`), "");
  await writeFile(join(project, "package.json"), JSON.stringify({ name: "agent-apis", version: "1.4.0" }));
  await cp(join(root, path), join(project, path));
  bundle = parse(await readFile(join(project, path), "utf8"));
  await git("init", "--quiet");
  await git("add", ".");
  await git("commit", "--quiet", "-m", "release");
  await git("tag", "v1.4.0");
  tarball = join(project, "agent-apis-1.4.0.tgz");
  await mkdir(join(project, "package"));
  for (const name of ["package.json", "generated"]) {
    await cp(join(project, name), join(project, "package", name), { recursive: true });
  }
  await run("tar", ["-czf", tarball, "package"], { cwd: project });
});
afterAll(() => rm(project, { recursive: true, force: true }));

/** Changes the bundle that is compared. */
async function change(edit: (document: OpenApiDocument) => void): Promise<OpenApiDocument> {
  const document = structuredClone(bundle);
  edit(document);
  await writeFile(join(project, path), stringify(document));
  return document;
}

beforeEach(async () => {
  await rm(join(project, "docs"), { recursive: true, force: true });
  await change(() => {});
});

const changes = (...args: string[]) => runScript("changes.ts", ["--root", project, ...args]);
const records = () => readRecords(join(project, "docs/changes", api));

const schema = (document: OpenApiDocument, name: string) => document.components?.schemas?.[name] as Schema;
const removeField = (document: OpenApiDocument) => void delete schema(document, "Memory").properties?.content;
const addOperation = (document: OpenApiDocument) => {
  const get = document.paths?.["/api/v1/memories"]?.get;
  if (!get || !document.paths) throw new Error("The bundle has changed; choose another operation.");
  document.paths["/api/v1/notes"] = { get: { ...get, operationId: "listNotes" } };
};
const reword = (document: OpenApiDocument) => {
  schema(document, "Memory").description = "Something else.";
};

describe("the verdict on two real bundles is", () => {
  test.each([
    ["major", "a field has gone", [removeField, addOperation, reword]],
    ["minor", "an operation has come", [addOperation, reword]],
    ["patch", "a text is another", [reword]],
    ["unchanged", "nothing has changed", []],
  ])("%s when %s", async (verdict, _what, edits) => {
    await change((document) => edits.forEach((edit) => void edit(document)));
    const { code, stdout, stderr } = await changes("--from", "v1.4.0");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(new RegExp(`^${api} .* ${verdict}$`, "m"));
    expect(await records()).toEqual([]);
  });
});

test.each([
  ["a revision of git", () => "v1.4.0"],
  ["a tarball of the package", () => tarball],
  ["a folder", () => join(project, "package")],
])("an earlier release is read from %s", async (_name, from) => {
  await change(removeField);
  const { code, stdout } = await changes("--from", from(), "--version", "2.0.0");
  expect(code).toBe(0);
  expect(stdout).toContain("has to raise at least: major");
  const [record] = await records();
  expect(record).toMatchObject({ version: "2.0.0", previous: "1.4.0", bump: "major" });
  expect(record?.changes).toMatchObject([
    {
      impact: "major",
      kind: "removed",
      pointer: "#/components/schemas/Memory/properties/content",
      messages: ["Property `content` of `data` was removed."],
    },
  ]);
});

test("npm run changes tells with --help what it does, within 80 columns", async () => {
  const { code, stdout } = await runScript("changes.ts", ["--help"]);
  expect(code).toBe(0);
  expect(stdout).toContain("Usage: npm run changes");
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

describe("npm run changes refuses, with exit code 2 and nothing saved,", () => {
  test.each([
    [
      "a version that raises less than the changes ask for",
      ["--from", "v1.4.0", "--version", "1.5.0"],
      "ask for a major version",
    ],
    ["a version that is not later", ["--from", "v1.4.0", "--version", "1.4.0"], "does not come after 1.4.0"],
    ["a version that is none", ["--from", "v1.4.0", "--version", "two"], "is no version"],
    ["to compare with nothing", ["--version", "2.0.0"], "what to compare with"],
    ["a first release without a number", ["--first"], "--first needs --version"],
  ])("%s", async (_name, args, words) => {
    await change(removeField);
    const { code, stderr } = await changes(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(await records()).toEqual([]);
  });

  test.each([
    ["nowhere", "no file, no folder and no revision of git"],
    [join(root, "specs"), "There is no package.json in"],
    [join(root, "package.json"), "is not a tarball of the package"],
  ])("an earlier release that is not there: %s", async (from, words) => {
    const { code, stderr } = await changes("--from", from, "--version", "2.0.0");
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(await records()).toEqual([]);
  });
});

describe("the page", () => {
  const history = async (version = "2.0.0") => ({ version, records: await records() });

  async function markdown(document: OpenApiDocument, version?: string): Promise<string> {
    const input: Documented = {
      apis: [{ ...documented(api, document), history: await history(version) }],
      guides: new Map(),
    };
    const { files, findings } = await makeSite(input);
    expect(findings).toEqual([]);
    return String(files.get(`${api}/changelog.md`));
  }

  test("says before the first release that there was none", async () => {
    expect(await markdown(bundle, "0.1.0")).toContain(
      "## 0.1.0, not released yet\n\nIt has not been released, and it will be the first",
    );
  });

  test("says of the first release that it is the first", async () => {
    expect((await changes("--first", "--version", "0.1.0")).code).toBe(0);
    const text = await markdown(bundle, "0.1.0");
    expect(text).toMatch(/^## 0\.1\.0, \d{4}-\d\d-\d\d\n\nThe first release with this API\.$/m);
    expect(text).not.toContain("not released yet");
  });

  test("shows the verdict, and each change with its place and a link to its operation", async () => {
    const document = await change((one) => {
      removeField(one);
      addOperation(one);
      reword(one);
    });
    await changes("--from", "v1.4.0", "--version", "2.0.0");
    const text = await markdown(document, "2.1.0");
    expect(text).toContain(
      "## 2.1.0, not released yet\n\nIt has not been released. What it changes since 2.0.0 is recorded",
    );
    expect(text).toContain("**Major**, compared with 1.4.0: 1 major, 1 minor, 1 patch.");
    expect(text).toMatch(
      /^- Property `content` of `data` was removed\. In \[[^\]]+\]\(operations\/\w+\.md\)\. At `#\/components\/schemas\/Memory\/properties\/content`\.$/m,
    );
    expect(text).toMatch(/^### Additions\n\n- Path `\/api\/v1\/notes` was added\./m);
    expect(text).toMatch(/^- `description` of Schema `Memory` was changed/m);
  });

  test("does not link to an operation that has gone", async () => {
    const document = await change((one) => void delete one.paths?.["/api/v1/memories"]?.post);
    expect(listOperations(document).length).toBeLessThan(listOperations(bundle).length);
    await changes("--from", "v1.4.0", "--version", "2.0.0");
    expect(await markdown(document)).toMatch(/^- Operation `POST \/api\/v1\/memories` was removed\. At `/m);
  });

  test("holds values with backticks and brackets as text", () => {
    const page = changelogPage(documented(api, bundle), {
      version: "2.0.0",
      records: [
        {
          version: "2.0.0",
          date: "2026-12-01",
          previous: "1.4.0",
          bump: "patch",
          changes: [
            {
              impact: "patch",
              kind: "modified",
              type: "Schema",
              property: "pattern",
              path: "#/info",
              pointer: "#/info",
              messages: [],
              after: '"`[x](op:nope)`"',
            },
          ],
        },
      ],
    });
    expect(JSON.stringify(page.blocks)).toContain('to `` \\"`[x](op:nope)`\\" ``');
  });
});

describe("records", () => {
  test("are read newest first, by number and not by letter", async () => {
    await mkdir(join(project, "docs/changes", api), { recursive: true });
    for (const version of ["0.9.0", "0.10.0", "0.2.1"]) {
      const record = { version, date: "2026-01-01", changes: [] };
      await writeFile(join(project, "docs/changes", api, `${version}.json`), JSON.stringify(record));
    }
    expect((await records()).map(({ version }) => version)).toEqual(["0.10.0", "0.9.0", "0.2.1"]);
    expect(compareVersions("1.0.0", "1.0.0")).toBe(0);
  });

  test.each([
    ["{", "JSON"],
    ['{"version":"0.2.0","date":"2026-01-01","changes":[]}', "its version is not the name of the file"],
    ['{"version":"0.1.0"}', "it has no date or no changes"],
  ])("that are none stop the build and are named: %s", async (text, words) => {
    await mkdir(join(project, "docs/changes", api), { recursive: true });
    await writeFile(join(project, "docs/changes", api, "0.1.0.json"), text);
    await expect(records()).rejects.toThrow(words);
    await expect(records()).rejects.toThrow("0.1.0.json is not the record of a release");
  });

  test("of the project are in order", async () => {
    const folder = join(root, "docs/changes");
    for (const name of await readdir(folder).catch(() => [])) await readRecords(join(folder, name));
  });
});
