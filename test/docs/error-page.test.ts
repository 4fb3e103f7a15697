import { expect, test } from "vitest";
import { blocksToMarkdown } from "../../scripts/docs/content/to-markdown.js";
import { twin } from "../../scripts/docs/content/twin.js";
import { apiPages } from "../../scripts/docs/operations/api-pages.js";
import type { OpenApiDocument } from "../../scripts/openapi.js";
import { pagesOfBuiltApis } from "./page-set.js";
import { documented } from "./site.js";

const { apis, pages, site } = await pagesOfBuiltApis();

function body(code: object, ...examples: string[]): object {
  const schema = { type: "object", required: ["code"], properties: { code: { type: "string", ...code } } };
  return {
    "application/json": {
      schema,
      examples: Object.fromEntries(examples.map((one) => [one, { summary: `Why ${one}`, value: { code: one } }])),
    },
  };
}

/** The error pages of an API whose one operation has these responses. */
function errorsOf(responses: object, description = ""): { title: string; address: string; markdown: string }[] {
  const document = {
    openapi: "3.2.0",
    info: { title: "Acme", version: "1", description },
    servers: [{ url: "https://api.example.com" }],
    "x-client": { name: "Acme", error: { code: "/code" } },
    paths: { "/things": { get: { operationId: "listThings", "x-sdk": "things.list", responses } } },
  };
  return apiPages(documented("acme", document as unknown as OpenApiDocument), [])
    .filter(({ kind }) => kind === "error")
    .map(({ title, address, blocks }) => ({ title, address, markdown: blocksToMarkdown(blocks, (href) => href) }));
}

test("a status with nothing but known codes has a page for each code and none of its own", () => {
  const found = errorsOf({ "402": { description: "No.", content: body({ enum: ["USED_UP", "UNPAID"] }, "USED_UP") } });
  expect(found.map(({ title }) => title)).toEqual(["All errors", "402 USED_UP", "402 UNPAID"]);
  expect(found.map(({ address }) => address)).toEqual([
    "acme/errors/index",
    "acme/errors/USED_UP",
    "acme/errors/UNPAID",
  ]);
});

test("a status that may come without a known code has a page of its own as well", () => {
  const content = body({ anyOf: [{ const: "KNOWN" }, { type: "string" }] }, "KNOWN");
  expect(errorsOf({ "403": { description: "No.", content } }).map(({ title }) => title)).toEqual([
    "All errors",
    "403 KNOWN",
    "403 Forbidden",
  ]);
});

test("a code that only an example has counts if the description names it, and is a stand-in otherwise", () => {
  const titles = (text: string) =>
    errorsOf({ "401": { description: text, content: body({}, "E_AUTH") } }).map(({ title }) => title);
  expect(titles("The code is `E_AUTH`.")).toContain("401 E_AUTH");
  expect(titles("The code is not documented.")).toEqual(["All errors", "401 Unauthorized"]);
});

test("the table of the introduction tells what a code means", () => {
  const table = "| Status | Code | Meaning |\n| --- | --- | --- |\n| 402 | `USED_UP` | the plan is used up |\n";
  const [, page] = errorsOf({ "402": { description: "No.", content: body({ const: "USED_UP" }, "USED_UP") } }, table);
  expect(page?.markdown).toContain("The plan is used up.");
});

test("codes of a shared list are told apart from those that an answer is known to have", () => {
  const content = body({ enum: ["A", "B", "C", "D", "E"] }, "A");
  const found = errorsOf({ "400": { description: "Wrong.", content }, "409": { description: "Busy: `B`.", content } });
  expect(found.map(({ title }) => title)).toContain("400, 409 A");
  expect(found.map(({ title }) => title)).toContain("409 B");
  expect(found.find(({ title }) => title === "409 B")?.markdown).toContain("1 more answers that may have the code");
});

test("the sample shows the error as a program gets it", () => {
  const [, page] = errorsOf({ "402": { description: "No.", content: body({ const: "USED_UP" }, "USED_UP") } });
  expect(page?.markdown).toMatch(
    /error instanceof AcmeError && error\.code === "USED_UP"[\s\S]*402 \{ code: 'USED_UP' \}/,
  );
});

test("whether the client sends the request again is told by status", () => {
  const found = errorsOf({ "429": { description: "Too many." }, "404": { description: "None." } });
  expect(found.find(({ title }) => title.startsWith("429"))?.markdown).toContain(
    "sends the request again by itself, before",
  );
  expect(found.find(({ title }) => title.startsWith("404"))?.markdown).toContain("does not send the request again");
});

test("every error page leads to operations that document it, and these lead back", () => {
  const errors = pages.filter(({ kind, address }) => kind === "error" && !address.endsWith("/index"));
  expect(errors.length).toBeGreaterThan(20);
  for (const page of errors) {
    const targets = page.blocks
      .flatMap((block) => (block.kind === "entries" ? block.entries : []))
      .map(({ href }) => href);
    expect(targets.length, page.address).toBeGreaterThan(0);
    const [, operationId, anchor] = /^op:(\w+)#(status-\d+)$/.exec(targets[0] ?? "") ?? [];
    const operation = site.page(`${page.api}/operations/${operationId}`)!;
    expect(operation.blocks).toContainEqual(expect.objectContaining({ kind: "heading", id: anchor }));
    const markdown = twin(operation, site);
    const links = [page.address.split("/").at(-1), "index"].map((name) => `](../errors/${name}.md)`);
    expect(
      links.some((link) => markdown.includes(link)),
      page.address,
    ).toBe(true);
  }
});

test("an index lists all errors of its API", () => {
  for (const { name } of apis) {
    const index = site.page(`${name}/errors/index`)!;
    const own = pages.filter(({ kind, api }) => kind === "error" && api === name);
    const table = index.blocks.find(({ kind }) => kind === "table");
    expect(table?.kind === "table" && table.rows.length).toBe(own.length - 1);
  }
});
