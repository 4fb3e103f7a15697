import { describe, expect, test } from "vitest";
import { twin } from "../../scripts/docs/content/twin.js";
import { layout } from "../../scripts/docs/layout.js";
import { pagesOfBuiltApis } from "./page-set.js";

// Reads the bundles by itself: what the pages are held against must not go through the code that makes them.
type Json = { readonly [key: string]: Json } | readonly Json[] | string | number | boolean | null | undefined;
type Node = { readonly [key: string]: Json };

const { apis, pages, site } = await pagesOfBuiltApis();
const verbs = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

const operations = apis.flatMap((api) => {
  const document = api.document as unknown as Node;
  return Object.values(document.paths as Node).flatMap((item) =>
    verbs.flatMap((verb) => {
      const operation = (item as Node)[verb] as Node | undefined;
      return operation
        ? [{ api: api.name, id: String(operation.operationId), document, item: item as Node, operation }]
        : [];
    }),
  );
});

test("there are pages for as many operations as the bundles have", () => {
  expect(operations.length).toBeGreaterThan(100);
  expect(pages.filter(({ kind }) => kind === "operation")).toHaveLength(operations.length);
});

describe.each(operations)("$api $id", ({ api, id, document, item, operation }) => {
  const page = pages.find(({ address }) => address === `${api}/operations/${id}`)!;
  const { texts, names } = factsOf(document, [operation, ...((item.parameters ?? []) as Node[])]);
  const statuses = Object.keys(operation.responses as Node);

  test("the HTML has every status, name, event, code and source", () => {
    const markup = layout(page, site);
    const text = plain(markup);
    expect([...texts].filter((one) => !text.includes(squeezed(one)))).toEqual([]);
    expect([...names].filter((one) => !new RegExp(`<code[^>]*>${escaped(one)}</code>`).test(markup))).toEqual([]);
    expect(statuses.filter((one) => !markup.includes(`id="status-${one.toLowerCase()}"`))).toEqual([]);
  });

  test("so has the Markdown", () => {
    const markdown = twin(page, site);
    const text = squeezed(markdown);
    expect([...texts].filter((one) => !text.includes(squeezed(one)))).toEqual([]);
    expect([...names].filter((one) => !text.includes(`\`${one}\``))).toEqual([]);
    expect(statuses.filter((one) => !markdown.includes(`\n### ${one}`))).toEqual([]);
  });
});

describe.each(apis)("the errors of $name", ({ name, document }) => {
  const known = operations.filter(({ api }) => api === name);

  test("each documented status of an unsuccessful answer has a page, or codes that have one", () => {
    const titles = pages.filter(({ address }) => address.startsWith(`${name}/errors/`)).map(({ title }) => title);
    for (const { operation } of known) {
      for (const status of Object.keys(operation.responses as Node).filter((one) => /^[45]/.test(one))) {
        expect(
          titles.some((title) => title.split(/,? /).includes(status)),
          status,
        ).toBe(true);
      }
    }
  });

  test("each code that a body names by a constant or a list has a page", () => {
    const pointer = (document as unknown as Node)["x-client"] as { error?: { code?: string } };
    const field = pointer.error?.code?.split("/").at(-1) ?? "";
    const codes = new Set(known.flatMap(({ operation }) => codesOf(document as unknown as Node, operation, field)));
    for (const code of codes) expect(site.page(`${name}/errors/${code}`)?.title).toContain(code);
  });
});

interface Facts {
  /** Sources, events and other constants. */
  readonly texts: Set<string>;
  /** Of parameters, headers and fields. */
  readonly names: Set<string>;
}

/** Everything that a reader has to find on the page of an operation. */
function factsOf(document: Node, roots: readonly Node[]): Facts {
  const texts = new Set<string>();
  const names = new Set<string>();
  const seen = new Set<Json>();
  const walk = (node: Json, key: string): void => {
    if (typeof node !== "object" || node === null || seen.has(node)) return;
    seen.add(node);
    if (Array.isArray(node)) {
      for (const one of node) walk(one as Json, key);
      return;
    }
    const object = node as Node;
    if (typeof object.$ref === "string") {
      walk(target(document, object.$ref), key);
      return;
    }
    if (typeof object["x-source"] === "string") texts.add(object["x-source"]);
    if (typeof object.name === "string" && typeof object.in === "string") names.add(object.name);
    for (const [name, child] of Object.entries(object)) {
      if (["example", "examples", "x-stream", "x-pagination", "enum", "default", "links"].includes(name)) continue;
      if (name === "const" && typeof child === "string") texts.add(child);
      // The parsed event has fields of its own, which are those of every stream.
      const isEvent = name === "properties" && "data" in (child as Node) && /itemSchema|oneOf|anyOf/.test(key);
      if ((name === "properties" || name === "headers") && !isEvent) {
        for (const member of Object.keys(child as Node)) names.add(member);
      }
      walk(child, name);
    }
  };
  for (const root of roots) walk(root, "");
  return { texts, names };
}

/** The constants and lists of a field in the bodies of unsuccessful answers. */
function codesOf(document: Node, operation: Node, field: string): string[] {
  const codes: string[] = [];
  const seen = new Set<Json>();
  const walk = (node: Json, name: string): void => {
    if (typeof node !== "object" || node === null || seen.has(node)) return;
    seen.add(node);
    const object = (
      typeof (node as Node).$ref === "string" ? target(document, String((node as Node).$ref)) : node
    ) as Node;
    if (name === field) {
      for (const one of [object, ...((object.anyOf ?? object.oneOf ?? []) as Node[])]) {
        for (const code of [one.const, ...((one.enum ?? []) as Json[])]) if (typeof code === "string") codes.push(code);
      }
    }
    for (const [key, child] of Object.entries(object)) if (!/^examples?$/.test(key)) walk(child, key);
  };
  for (const [status, response] of Object.entries(operation.responses as Node)) {
    if (/^[45]/.test(status)) walk(response, "");
  }
  return codes;
}

function target(document: Node, ref: string): Json {
  return ref
    .slice(2)
    .split("/")
    .reduce(
      (at: Json, token) => (at as Node)[decodeURIComponent(token).replaceAll("~1", "/").replaceAll("~0", "~")],
      document,
    );
}

/** What a page says: its text and the titles of its marks. */
function plain(html: string): string {
  const entities: Record<string, string> = {
    amp: "&",
    lt: "<",
    gt: ">",
    quot: '"',
    "#39": "'",
    "#x27": "'",
    "#x26": "&",
    "#x3C": "<",
    "#x60": "`",
  };
  const titles = [...html.matchAll(/ title="([^"]*)"/g)].map(([, title]) => title);
  const text = `${html.replace(/<[^>]*>/g, "")} ${titles.join(" ")}`;
  return squeezed(text.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole));
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, " ");
}
