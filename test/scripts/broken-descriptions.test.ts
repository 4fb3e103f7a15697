import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hashFiles } from "../../scripts/files.js";
import { type Copy, copyProject } from "./copy.js";

const memories = "specs/herobrain/paths/memories.yaml";

/** What is broken, where it must be reported, and words that the report must contain. */
const faults = [
  {
    name: "YAML that cannot be parsed",
    file: memories,
    change: (text: string) => text.replace("  tags:\n", "  tags: [\n"),
    place: `${memories}:8:5`,
    words: ["flow collection", "Check indentation, quotes and brackets"],
  },
  {
    name: "an entry file that cannot be parsed",
    file: "specs/herobrain/openapi.yaml",
    change: (text: string) => text.replace("servers:\n", "servers: [\n"),
    place: /specs\/herobrain\/openapi\.yaml:\d+:\d+/,
    words: ["Check indentation, quotes and brackets"],
  },
  {
    name: "a $ref to a file that does not exist",
    file: memories,
    change: (text: string) => text.replace("schemas/MemoryList.yaml", "schemas/MemoryLst.yaml"),
    place: `${memories}:86:17`,
    words: ["Can't resolve $ref", "schemas/MemoryLst.yaml", "Correct the path or create the file"],
  },
  {
    name: "an example that its schema refuses",
    file: memories,
    change: (text: string) => text.replace("importance: 0.8", "importance: high"),
    place: `${memories}:98:31`,
    words: ["`importance` property type must be number", "Correct the example, or the schema"],
  },
  {
    name: "an operationId that two operations have",
    file: memories,
    change: (text: string) => text.replace("operationId: listMemories", "operationId: createMemory"),
    place: /specs\/herobrain\/paths\/memories\.yaml:\d+:3/,
    words: ["unique `operationId`", "Give one of the two operations another `operationId`"],
  },
  {
    name: "an x- key that nobody knows",
    file: memories,
    change: (text: string) => text.replace("x-pagination:", "x-pagintion:"),
    place: /specs\/herobrain\/paths\/memories\.yaml:\d+:3/,
    words: ["`x-pagintion` is not an extension", "Did you mean `x-pagination`?"],
  },
  {
    name: "an operation without x-sdk",
    file: memories,
    change: (text: string) => text.replace("  x-sdk: memories.list\n", ""),
    place: `${memories}:2:3`,
    words: ["listMemories has no `x-sdk`", "Add one, such as `x-sdk: memories.create`"],
  },
  {
    name: "a convention broken in a shared file",
    file: "specs/herobrain/responses/NotFound.yaml",
    change: (text: string) => text.replaceAll("RESOURCE_NOT_FOUND", "AUTH_INVALID"),
    place: /specs\/herobrain\/responses\/NotFound\.yaml:\d+:\d+/,
    words: ["A 404 answers RESOURCE_NOT_FOUND", "Correct the code, or the status"],
  },
];

describe("a broken description stops the build, says where and why and how to mend it, and changes nothing", () => {
  let copy: Copy;
  let generated: string;
  beforeAll(async () => {
    copy = await copyProject();
    // A mark that a build would remove: if the files stay as they are, so does the mark.
    await copy.edit("generated/herobrain/client.ts", (text) => `${text}// not what the sources make\n`);
    generated = await hashFiles([join(copy.root, "generated")]);
  });
  afterAll(() => copy.remove());

  test.each(faults)("$name", async ({ file, change, place, words }) => {
    let healthy = "";
    await copy.edit(file, (text) => {
      healthy = text;
      return change(text);
    });
    const { code, stderr } = await copy.run("build.ts", "herobrain");
    await copy.edit(file, () => healthy);

    expect(code).toBe(1);
    expect(stderr).toMatch(place instanceof RegExp ? place : new RegExp(`^${place.replaceAll(".", "\\.")} `, "m"));
    const text = stderr.replace(/\s+/g, " ");
    for (const word of words) expect(text).toContain(word);
    expect(stderr).toContain("Nothing was written.");
    expect(await hashFiles([join(copy.root, "generated")])).toBe(generated);
  });

  test("and once mended, the build brings everything up to date", async () => {
    expect((await copy.run("build.ts")).code).toBe(0);
    expect((await copy.run("build.ts", "--check")).code).toBe(0);
  });
});
