import { expect, test } from "vitest";
import { type Documented, type DocumentedApi, renderDocs } from "../../scripts/docs/docs.js";
import { toClassicScript } from "../../scripts/docs/redoc.js";
import type { OpenApiDocument } from "../../scripts/openapi.js";
import { documented } from "./site.js";

const document: OpenApiDocument = {
  openapi: "3.2.0",
  info: { title: "Sample API", version: "2.1.0", summary: "Keeps samples" },
  servers: [{ url: "https://api.example.com" }],
  tags: [{ name: "Samples", summary: "Store samples", description: "What is kept." }],
  paths: { "/samples": { get: { operationId: "listSamples", summary: "List samples", tags: ["Samples"] } } },
  "x-client": { name: "Sample" },
};

const sample: DocumentedApi = {
  name: "sample",
  document,
  notes: "",
  facts: { operations: 1, schemas: 2, events: 1234, evidence: { documented: 199, observed: 1, inferred: 0 } },
  downloads: { "openapi.yaml": "a: 1\n", "openapi.json": "{}" },
};

const pages = ["index.html", "sample/index.html", "sample/operations/listSamples.html", "sample/reference.html"];

function render(apis: readonly DocumentedApi[], guides: Documented["guides"] = new Map()) {
  return renderDocs({ apis, guides });
}

async function text(path: string, apis: readonly DocumentedApi[] = [sample]): Promise<string> {
  return String((await render(apis)).get(path));
}

function described(info: Partial<OpenApiDocument["info"]>): DocumentedApi {
  return { ...sample, document: { ...document, info: { ...document.info, ...info } } };
}

test("the site is a landing page, and per API an overview, a reference, pages of their own and downloads", async () => {
  const paths = [...(await render([sample])).keys()];
  expect(paths.filter((path) => path.endsWith(".html")).sort()).toEqual([
    "index.html",
    "sample/index.html",
    "sample/operations/listSamples.html",
    "sample/reference.html",
  ]);
  const others = ["sample/openapi.yaml", "sample/openapi.json", "assets/redoc.standalone.js", "assets/search-index.js"];
  expect(paths).toEqual(expect.arrayContaining(others));
});

test("every file that a page links to below the site is there", async () => {
  const files = await render([sample]);
  for (const path of pages) {
    const links = [...String(files.get(path)).matchAll(/(?:href|src)="([^"#]+)"/g)].map(([, link]) => link ?? "");
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) {
      expect(link).not.toMatch(/^(\/|[a-z]+:)/);
      expect([...files.keys()]).toContain(new URL(link, `https://site.example/${path}`).pathname.slice(1));
    }
  }
});

test("the card shows title, summary, version, server and counts", async () => {
  const index = await text("index.html");
  for (const fact of ["Sample API", "Keeps samples", "2.1.0", "https://api.example.com", "1,234", ">operation<"]) {
    expect(index).toContain(fact);
  }
});

test("the evidence bar says in words what it shows, and never rounds up to all or down to nothing", async () => {
  const index = await text("index.html");
  expect(index).toContain('aria-label="Evidence of 200 statements: 199 documented, 1 observed, 0 inferred"');
  expect(index).toContain("<b>&gt;99%</b> <span>documented");
  expect(index).toContain("<b>&lt;1%</b> <span>observed");
  expect(index).toContain("<b>0%</b> <span>inferred");
});

test("an API without recorded evidence has no bar", async () => {
  const facts = { ...sample.facts, evidence: { documented: 0, observed: 0, inferred: 0 } };
  expect(await text("index.html", [{ ...sample, facts }])).toContain("No evidence has been recorded.");
});

test("the snippets name the clients that there are", async () => {
  const { "x-client": _, ...withoutClient } = document;
  const marked = await text("index.html", [sample, { ...sample, name: "other", document: withoutClient }]);
  const index = marked.replace(/<\/?span[^>]*>/g, "");
  expect(index).toContain('import { Sample } from "agent-apis/sample";');
  expect(index).not.toContain('agent-apis/other"');
  expect(index).toContain("npx agent-apis mock");
});

test("a server with variables is shown with their defaults, as something that can be called", async () => {
  const servers = [{ url: "{origin}/v1", variables: { origin: { default: "http://127.0.0.1:8787" } } }];
  const index = await text("index.html", [{ ...sample, document: { ...document, servers } }]);
  expect(index).toContain("http://127.0.0.1:8787/v1</code>");
  expect(index).not.toContain("{origin}");
});

test("markup in a title, a summary or a server is text on the pages", async () => {
  const markup = `"><img src=x onerror=alert(1)>'`;
  const api = described({ title: markup, summary: markup, version: markup });
  const hostile = { ...api, document: { ...api.document, servers: [{ url: markup }] } };
  for (const path of pages) expect(await text(path, [hostile])).not.toContain("<img");
});

test("a description cannot end the block of data that it is in, and reads back unchanged", async () => {
  const description = "</script><script>alert(1)</script><!--<script>";
  const page = await text("sample/reference.html", [described({ description })]);
  const [, json] = /<script type="application\/json" id="description">(.*?)<\/script>/s.exec(page) ?? [];
  expect(JSON.parse(json ?? "").info.description).toContain(description);
});

test("no page has a script or a style inside, apart from the data, nor an event handler", async () => {
  for (const path of pages) {
    const page = (await text(path)).replace(/<script type="application\/(ld\+)?json".*?<\/script>/gs, "");
    expect(page).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=/);
  }
});

test("the policy of every page forbids everything that is not listed, inline scripts and eval among it", async () => {
  for (const path of pages) {
    const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(await text(path)) ?? [];
    expect(policy).toContain("default-src &#39;none&#39;");
    expect(policy).toContain("script-src &#39;self&#39;;");
    // Redoc writes style attributes. A style element or a script in a page stays forbidden.
    const rest = policy.replace("style-src-attr &#39;unsafe-inline&#39;", "");
    expect(rest).not.toMatch(/unsafe|https?:|\*|connect-src|worker-src/);
  }
});

test("the menu of the reference has the names of the tags, their summaries go into the text", async () => {
  const page = await text("sample/reference.html");
  expect(page).toContain(String.raw`{"name":"Samples","description":"Store samples.\n\nWhat is kept."}`);
  expect(document.tags).toEqual([{ name: "Samples", summary: "Store samples", description: "What is kept." }]);
});

test("a name that could leave the site, hide its assets or comes twice is refused", async () => {
  for (const name of ["../up", "a/b", "Upper", "", ".hidden", "assets"]) {
    await expect(render([{ ...sample, name }])).rejects.toThrow("folder");
  }
  await expect(render([sample, documented("sample", document)])).rejects.toThrow("taken already");
});

test("a download that could leave its folder or hide the reference is refused", async () => {
  for (const file of ["../openapi.yaml", "index.html", "a/b.yaml", ".env"]) {
    await expect(render([{ ...sample, downloads: { [file]: "" } }])).rejects.toThrow("cannot be a download");
  }
});

test("an update of Redoc that moves what is changed in it fails the build, instead of asking a CDN again", () => {
  const bundle =
    'const{init}=1;import.meta.url;"https://cdn.redoc.ly/redoc/logo-mini.svg";export{RedocStandalone,hydrate,init};';
  expect(() => toClassicScript(bundle)).toThrow("the telemetry collector was not found");
  expect(() => toClassicScript(bundle.replace("cdn.redoc.ly", "cdn.example.com"))).toThrow("the logo on a CDN");
});
