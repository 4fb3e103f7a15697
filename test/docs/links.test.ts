import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundle } from "../../scripts/bundle.js";
import { toProblems } from "../../scripts/docs/check/to-problems.js";
import { type Documented, makeSite } from "../../scripts/docs/docs.js";
import { formatProblems } from "../../scripts/problems.js";
import { documented } from "./site.js";

const specs = {
  "specs/acme/openapi.yaml": `openapi: 3.2.0
info: { title: Acme API, version: 1.0.0 }
tags: [{ name: Things }]
x-client: { name: Acme }
paths:
  /things: { $ref: paths/things.yaml }
`,
  "specs/acme/paths/things.yaml": `get:
  operationId: listThings
  x-sdk: things.list
  summary: List things
  tags: [Things]
  description: >
    Lists things.
    All of them.
  parameters:
    - { name: q, in: query, description: What to look for., schema: { type: string } }
  responses:
    "200": { description: The things. }
`,
  "specs/acme/NOTES.md": "# Notes\n",
};

const healthy = `# Streams

What a stream is.

## Ends and breaks

[Things](op:listThings#status-200), [the same elsewhere](op:acme/listThings), [reference](ref:), [overview](api:),
[above](#ends-and-breaks), [other](other.md), [its end](other.md#the-end), [general](../general.md), [bundle](page:acme/openapi.json),
<https://example.com>, [mail](mailto:a@example.com), [by reference][one] ![A flow](flow.png)

[one]: guide:other
`;

/** A project of one API whose guides and notes can be broken. */
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "agent-apis-links-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** What the build says of a project with these changes to its files. */
async function problemsOf(changes: Readonly<Record<string, string>>) {
  const guides = {
    "docs/guides/acme/streams.md": healthy,
    "docs/guides/acme/other.md": "# Other\n\nAnother one.\n\n## The end\n",
    "docs/guides/general.md": "# General\n\nFor [Acme](api:acme), its [streams](acme/streams.md).\n",
  };
  const files: Record<string, string> = { ...specs, ...guides, ...changes };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const api = { name: "acme", folder: join(root, "specs/acme"), entry: join(root, "specs/acme/openapi.yaml") };
  const { document } = await bundle(api);
  const below = "docs/guides/";
  const input: Documented = {
    apis: [{ ...documented("acme", document), notes: files["specs/acme/NOTES.md"] ?? "" }],
    guides: new Map(
      Object.entries(files).flatMap(([path, text]) =>
        path.startsWith(below) ? [[path.slice(below.length), text]] : [],
      ),
    ),
    images: new Map([["acme/flow.png", new Uint8Array([1])]]),
  };
  const { findings } = await makeSite(input);
  return toProblems(root, [{ api, document }], findings);
}

/** `file:line:column message` of each problem. */
async function said(changes: Readonly<Record<string, string>>): Promise<string[]> {
  const problems = await problemsOf(changes);
  return problems.map(({ file, line, column, message, mend }) => {
    return `${file.slice(root.length + 1).replaceAll("\\", "/")}:${line}:${column} ${message} ${mend}`;
  });
}

test("guides, descriptions and notes whose links lead somewhere are in order", async () => {
  expect(await said({})).toEqual([]);
});

describe("a guide is refused, with file, line and column, for", () => {
  const guide = "docs/guides/acme/broken.md";
  const write = (line: string) => ({ [guide]: `# Broken\n\nA guide.\n\nOn it goes,\n  ${line}\n` });

  test.each([
    [
      "an unknown operation",
      "see [this](op:listThing)",
      7,
      'no operation acme/operations/listThing .*mean "listThings"',
    ],
    [
      "an operation of an API that there is not",
      "see [this](op:acne/listThings)",
      7,
      "no operation acne/operations/listThings",
    ],
    ["an unknown error", "see [this](error:NOPE)", 7, "no error acme/errors/NOPE"],
    ["an unknown guide", "see [this](guide:stream)", 7, 'no guide acme/guides/stream .*mean "streams"'],
    ["a file that there is not", "see [this](../hero.md)", 7, "no guide guides/hero"],
    ["an unknown page", "see [this](page:acme/nothing)", 7, "no page acme/nothing"],
    ["a reference of no API", "see [this](ref:acne)", 7, "no page acne/reference"],
    ["a download that there is not", "see [this](page:acme/openapi.jsn)", 7, "no page acme/openapi.jsn"],
    ["a dead anchor in itself", "see [this](#nowhere)", 7, "page acme/guides/broken has no heading #nowhere"],
    ["a dead anchor in another guide", "see [this](other.md#the-ent)", 7, 'no heading #the-ent.*mean "the-end"'],
    ["a dead anchor on an operation's page", "see [this](op:listThings#status-404)", 7, "no heading #status-404"],
    ["a dead address of a reference", "see [this][x]\n\n[x]: op:nope", undefined, "no operation acme/operations/nope"],
    ["a link without a text", "see [](op:listThings)", 7, "The link to op:listThings has no text"],
    ["a scheme that there is not", "see [this](opp:listThings)", 7, 'opp:listThings begins .*mean "op"'],
    ["an address that runs", "see [this](javascript:alert)", 7, "javascript:alert begins with something"],
    ["an address that depends on the server", "see [this](/acme/index.html)", 7, "depends on where the site is"],
    ["an address that is no URL", "see [this](https://)", 7, "https:// is not a URL"],
    ["an image without a text", "see ![](flow.png)", 7, "The image flow.png has no text"],
    ["an image that there is not", "see ![A flow](flaw.png)", 7, 'no image flaw.png.*mean "flow.png"'],
    ["an image on another host", "see ![A flow](https://example.com/flow.png)", 7, "not a file of the site"],
    ["HTML", "see <b>this</b>", 7, "This is HTML"],
    ["an HTML comment", "\n<!-- todo -->", undefined, "This is HTML"],
    ["a heading without words", "\n##", undefined, "The heading has no words"],
    ["a second title", "\n# Again", undefined, "second title"],
  ])("%s", async (_name, line, column, words) => {
    const problems = await said(write(line));
    expect(problems).not.toEqual([]);
    expect(problems[0]).toMatch(new RegExp(words));
    expect(problems[0]).toMatch(column ? `${guide}:6:${column} ` : new RegExp(`^${guide}:[678]:[13] `));
  });

  test.each([
    ["no title", "A guide.\n", "1:1 The guide has no title"],
    ["an empty title", "#\n\nA guide.\n", "1:1 The guide has no title"],
    ["nothing in it", "", "1:1 The guide has no title"],
    ["no sentence on what it is about", "# Guide\n\n## First\n", "3:1 The guide does not say what it is about"],
  ])("%s", async (_name, text, words) => {
    expect((await said({ [guide]: text })).join()).toContain(`${guide}:${words}`);
  });
});

describe("what is broken elsewhere is found, too:", () => {
  const path = "specs/acme/paths/things.yaml";
  const edit = (from: string, to: string) => ({ [path]: specs[path].replace(from, to) });

  test("a dead link in a description is named by API, operation, pointer and its place in the sources", async () => {
    expect(await said(edit("All of them.", "All of [them](op:nope)."))).toEqual([
      `${path}:8:12 acme, listThings, #/paths/~1things/get/description: There is no operation acme/operations/nope on the site. Correct the link, or add what it leads to.`,
    ]);
  });

  test("so is an image that no page would load", async () => {
    const [problem] = await said(edit("What to look for.", '"![A map](https://example.com/map.png)"'));
    expect(problem).toMatch(
      /^specs\/acme\/paths\/things\.yaml:10:\d+ acme, listThings, #.*\/parameters\/0\/description: /,
    );
    expect(problem).toContain("is not a file of the site");
  });

  test("HTML in a description is no fault: it is shown as text", async () => {
    expect(await said(edit("All of them.", "All <b>of</b> them."))).toEqual([]);
  });

  test("a link over two lines is reported where its description begins", async () => {
    const [problem] = await said(edit("All of them.", "All of [them\n    there](op:nope)."));
    expect(problem).toContain(`${path}:6:3 acme, listThings`);
  });
});

test("a problem is printed with its lines around it", async () => {
  const problems = await problemsOf({ "docs/guides/acme/broken.md": "# Broken\n\nA [guide](op:nope).\n" });
  const place = join("docs", "guides", "acme", "broken.md");
  expect(formatProblems(problems, root, false).split("\n")).toEqual([
    `${place}:3:3  error  dead-link`,
    "  There is no operation acme/operations/nope on the site.",
    "  To mend it: Correct the link, or add what it leads to.",
    "",
    "         1 | # Broken",
    "         2 | ",
    "    >    3 | A [guide](op:nope).",
    "         4 | ",
  ]);
});
