import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderDocs } from "../../scripts/docs/docs.js";
import { firstServer } from "../../scripts/openapi.js";
import { launchChromium } from "./chromium.js";
import { builtApis, documented, openSite, type Site, writtenGuides } from "./site.js";
import { desktop, visit } from "./visit.js";

const apis = await builtApis();
const guides = await writtenGuides();
const siteUrl = "https://docs.example.com/apis/";

let files: Awaited<ReturnType<typeof renderDocs>>;
beforeAll(async () => {
  files = await renderDocs({ apis, guides });
});

const text = (path: string) => String(files.get(path) ?? "");
const pages = () => [...files.keys()].filter((path) => path.endsWith(".html"));

/** Where a link on a file of the site leads: a path of the site without its anchor, or `undefined` if out of it. */
function targetOf(href: string, path: string): string | undefined {
  const url = new URL(href, `file:///${path}`);
  return url.protocol === "file:" ? decodeURI(url.pathname.slice(1)) : undefined;
}

/** The links of a Markdown text, without those in program text. */
function linksIn(markdown: string): string[] {
  const prose = markdown.replace(/^( *`{3,})[^\n]*\n[\s\S]*?^ *`{3,}$/gm, "").replace(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, href = ""]) => href);
}

function deadLinks(path: string): string[] {
  const links = linksIn(text(path));
  expect(links.length, path).toBeGreaterThan(0);
  return links.filter((href) => {
    const target = targetOf(href, path);
    return target !== undefined && !files.has(target);
  });
}

describe("llms.txt", () => {
  const paths = ["llms.txt", ...apis.map(({ name }) => `${name}/llms.txt`)];

  test.each(paths)("%s is a title, a summary, and lists of links under headings (llmstxt.org)", (path) => {
    const [before = "", ...sections] = text(path).split(/^## /m);
    expect(before).toMatch(/^# [^\n]+\n\n> [^\n]+\n\n[^#]*$/);
    expect(sections.length).toBeGreaterThan(2);
    for (const section of sections)
      expect(section).toMatch(/^[^\n]+\n\n(?:- \[[^\n]+\]\([^\n)]+\)(?:: [^\n]+)?\n)+\n?$/);
  });

  test.each(paths)("%s leads to files that are there", (path) => {
    expect(deadLinks(path)).toEqual([]);
  });

  test("every page is listed, in that of its API or in that of the site", () => {
    const listed = new Set(paths.flatMap((path) => linksIn(text(path)).map((href) => targetOf(href, path))));
    const twins = [...files.keys()].filter((path) => path.endsWith(".md"));
    // The landing page is that list itself, the reference the list of its API.
    const missing = twins.filter((path) => !listed.has(path) && !/(^index|\/reference)\.md$/.test(path));
    expect(missing).toEqual([]);
  });
});

describe("llms-full.txt", () => {
  test.each([["", ...apis.map(({ name }) => name)]].flat().map((name) => [name, name === "" ? "" : `${name}/`]))(
    "of %j holds every page, and its links lead where theirs do",
    (name, folder) => {
      const path = `${folder}llms-full.txt`;
      const full = text(path);
      const twins = [...files.keys()].filter((one) => one.endsWith(".md") && one.startsWith(folder ?? ""));
      for (const twin of twins) {
        if (/(^index|\/reference)\.md$/.test(twin)) continue;
        const [title = ""] = text(twin).split("\n");
        expect(full, `${name} lacks ${twin}`).toContain(`Page: ${twin.slice(folder?.length)}\n\n${title}\n`);
      }
      expect(deadLinks(path)).toEqual([]);
    },
  );
});

test("every page has a twin that its head names, and all links of the twin lead to files", () => {
  for (const path of pages()) {
    const twin = path.replace(/\.html$/, ".md");
    const [, href = ""] = /<link rel="alternate" type="text\/markdown" href="([^"]*)">/.exec(text(path)) ?? [];
    expect(targetOf(href, path)).toBe(twin);
    expect(text(twin)).toMatch(/^# \S/);
    const dead = linksIn(text(twin)).filter((one) => {
      const target = targetOf(one, twin);
      return target !== undefined && !files.has(target);
    });
    expect(dead, twin).toEqual([]);
  }
});

describe("the catalogue of APIs", () => {
  interface Target {
    href: string;
    type?: string;
  }
  interface Context {
    [relation: string]: Target[] | string | undefined;
    anchor: string;
    "service-desc"?: Target[];
    "service-doc"?: Target[];
    "service-meta"?: Target[];
    item?: Target[];
  }
  const path = ".well-known/api-catalog";
  const read = (catalog: string): Context[] => JSON.parse(catalog).linkset;

  test("lists every API by its base URL, with descriptions, pages and their types (RFC 9727, RFC 9264)", () => {
    const [whole, ...each] = read(text(path));
    const servers = apis.map(({ document }) => firstServer(document));
    expect(whole?.item?.map(({ href }) => href)).toEqual(servers);
    expect(each.map(({ anchor }) => anchor)).toEqual(servers);
    for (const context of each) {
      expect(context["service-desc"]?.map(({ type }) => type)).toEqual([
        "application/yaml",
        "application/json",
        "application/yaml",
      ]);
      expect(context["service-doc"]?.map(({ type }) => type)).toEqual(["text/html", "text/markdown"]);
      const targets = ["service-desc", "service-doc", "service-meta"].flatMap(
        (name) => (context[name] ?? []) as Target[],
      );
      for (const { href } of targets) expect([...files.keys()]).toContain(targetOf(href, path));
    }
  });

  test("is written with whole addresses if it is known where the site will be", async () => {
    const [api] = apis;
    const known = await renderDocs({ apis: api ? [api] : [], guides: new Map(), siteUrl });
    const [whole, first] = read(String(known.get(path)));
    expect(whole?.anchor).toBe(`${siteUrl}.well-known/api-catalog`);
    expect(first?.["service-desc"]?.[1]?.href).toBe(`${siteUrl}${api?.name}/openapi.json`);
  });

  test("leaves out an API without a server, which nobody could find by it", async () => {
    const document = { openapi: "3.2.0", info: { title: "Acme", version: "1" }, paths: {} };
    const made = await renderDocs({ apis: [documented("acme", document)], guides: new Map() });
    expect(read(String(made.get(path)))).toEqual([{ anchor: "api-catalog", item: [] }]);
  });
});

test("a sitemap and canonical addresses are there only if it is known where the site will be", async () => {
  expect(files.has("sitemap.xml")).toBe(false);
  expect(text("index.html")).not.toContain('rel="canonical"');
  const known = await renderDocs({ apis, guides, siteUrl });
  const listed = [...String(known.get("sitemap.xml")).matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url]) => url);
  expect(listed.sort()).toEqual(
    pages()
      .map((path) => siteUrl + path)
      .sort(),
  );
  for (const path of pages())
    expect(String(known.get(path))).toContain(`<link rel="canonical" href="${siteUrl}${path}">`);
});

describe("the graph of schema.org in a page's head", () => {
  const graphOf = (html: string) => {
    const [, json = ""] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? [];
    return JSON.parse(json) as { "@context": string; "@graph": Record<string, unknown>[] };
  };

  test("names the API on every page of one, and the pages above it", () => {
    for (const path of pages()) {
      const { "@context": context, "@graph": graph } = graphOf(text(path));
      expect(context).toBe("https://schema.org");
      const kinds = graph.map((node) => node["@type"]);
      if (/^(index|[^/]+\/(index|reference))\.html$/.test(path)) expect(kinds).toContain("WebAPI");
      else expect(kinds).toEqual(["TechArticle", "BreadcrumbList"]);
      const trail = graph.find((node) => node["@type"] === "BreadcrumbList")?.itemListElement as
        | { position: number; item: string }[]
        | undefined;
      for (const [index, { position, item }] of (trail ?? []).entries()) {
        expect(position).toBe(index + 1);
        expect([...files.keys()]).toContain(targetOf(item, path));
      }
    }
  });

  test("cannot be left by a text that ends a script", async () => {
    const hostile = "</script><script>alert(1)</script><!--";
    const document = { openapi: "3.2.0", info: { title: hostile, version: "1", summary: hostile }, paths: {} };
    const made = await renderDocs({ apis: [documented("acme", document)], guides: new Map() });
    for (const path of ["index.html", "acme/index.html", "acme/reference.html"]) {
      expect(graphOf(String(made.get(path)))["@graph"][0]).toMatchObject({ name: hostile });
    }
  });
});

describe("served and in Chromium,", () => {
  let site: Site;
  let browser: Awaited<ReturnType<typeof launchChromium>>;
  beforeAll(async () => {
    [site, browser] = await Promise.all([openSite(apis, guides), launchChromium()]);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  test.each(["GET", "HEAD"])(
    "the catalogue has its media type with the profile, and links to itself: %s",
    async (method) => {
      const response = await fetch(`${site.server.origin}/.well-known/api-catalog`, { method });
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe(
        'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"',
      );
      expect(response.headers.get("link")).toBe('</.well-known/api-catalog>; rel="api-catalog"');
    },
  );

  test("the first page links to the catalogue, other pages do not", async () => {
    const link = async (path: string) => (await fetch(`${site.server.origin}${path}`)).headers.get("link");
    expect(await link("/")).toBe('</.well-known/api-catalog>; rel="api-catalog"');
    expect(await link("/index.html")).toBe('</.well-known/api-catalog>; rel="api-catalog"');
    expect(await link(`/${apis[0]?.name}/`)).toBeNull();
  });

  test("the policy of the pages lets the graph through, and it can be read", async () => {
    const api = apis[0]?.name ?? "";
    for (const path of ["index.html", `${api}/index.html`, `${api}/reference.html`]) {
      await visit(browser, site.server.origin, path, desktop, async (page) => {
        const json = await page.locator('script[type="application/ld+json"]').textContent();
        expect(JSON.parse(json ?? "")["@context"]).toBe("https://schema.org");
      });
    }
  });
});
