import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Listening } from "../../src/server/listen.js";
import { serveStatic } from "../../src/server/static.js";

let place: string;
let server: Listening;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), "agent-apis-static-"));
  const root = join(place, "site");
  await mkdir(join(root, "api"), { recursive: true });
  await mkdir(join(root, "empty"));
  await mkdir(join(place, "site-secret"));
  await writeFile(join(root, "index.html"), "<h1>Root</h1>");
  await writeFile(join(root, "api/index.html"), "<h1>Ünicode</h1>");
  for (const name of ["a.js", "a.css", "a.json", "a.yaml", "a.svg", "a.md", "a.txt", "a.bin", "b c.txt"]) {
    await writeFile(join(root, name), "x");
  }
  await writeFile(join(place, "secret.txt"), "secret");
  await writeFile(join(place, "site-secret/secret.txt"), "secret");
  await symlink(join(place, "secret.txt"), join(root, "link.txt"));
  await symlink(place, join(root, "up"));
  await symlink(join(root, "a.txt"), join(root, "inside.txt"));
  server = await serveStatic(root, { port: 0 });
});

afterAll(async () => {
  await server?.close();
  await rm(place, { recursive: true, force: true });
});

/** Sends a request target as it is; `fetch` would tidy it up first. */
function raw(target: string, method = "GET", headers = ""): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, "127.0.0.1");
    let answer = "";
    socket.setEncoding("utf8").on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("error", reject).on("end", () => resolve(answer));
    socket.write(`${method} ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n`);
  });
}

describe("what is inside the folder", () => {
  test.each([
    ["/", "text/html; charset=utf-8"],
    ["/a.js", "text/javascript; charset=utf-8"],
    ["/a.css", "text/css; charset=utf-8"],
    ["/a.json", "application/json; charset=utf-8"],
    ["/a.yaml", "application/yaml; charset=utf-8"],
    ["/a.svg", "image/svg+xml; charset=utf-8"],
    ["/a.md", "text/markdown; charset=utf-8"],
    ["/a.txt", "text/plain; charset=utf-8"],
    ["/a.bin", "application/octet-stream"],
    ["/b%20c.txt", "text/plain; charset=utf-8"],
    ["/inside.txt", "text/plain; charset=utf-8"],
    ["/a.txt?v=1", "text/plain; charset=utf-8"],
  ])("%s is served as %s, unsniffed and checked again each time", async (path, type) => {
    const response = await fetch(server.origin + path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(type);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("cache-control")).toBe("no-cache");
  });

  test("a folder is its index.html, after a redirect to the trailing slash that keeps the query", async () => {
    const moved = await fetch(`${server.origin}/api?q=1`, { redirect: "manual" });
    expect([moved.status, moved.headers.get("location")]).toEqual([301, "/api/?q=1"]);
    const page = await fetch(`${server.origin}/api?q=1`);
    expect(await page.text()).toBe("<h1>Ünicode</h1>");
    expect(page.headers.get("content-length")).toBe("17");
  });

  test("HEAD gets the headers of GET and no body", async () => {
    const answer = await raw("/api/", "HEAD");
    expect(answer).toContain("Content-Length: 17");
    expect(answer.split("\r\n\r\n")[1]).toBe("");
  });
});

describe("what has not changed", () => {
  test("is not sent again to a client that shows its entity tag", async () => {
    const first = await fetch(`${server.origin}/a.txt`);
    const etag = first.headers.get("etag") ?? "";
    for (const shown of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const second = await fetch(`${server.origin}/a.txt`, { headers: { "if-none-match": shown } });
      expect([second.status, await second.text(), second.headers.get("etag")]).toEqual([304, "", etag]);
    }
  });

  test("is not sent again to a client that shows its date, unless its entity tag differs", async () => {
    const date = (await fetch(`${server.origin}/a.txt`)).headers.get("last-modified") ?? "";
    const status = async (headers: Record<string, string>) =>
      (await fetch(`${server.origin}/a.txt`, { headers })).status;
    expect(await status({ "if-modified-since": date })).toBe(304);
    expect(await status({ "if-modified-since": date, "if-none-match": '"other"' })).toBe(200);
    expect(await status({ "if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT" })).toBe(200);
    expect(await status({ "if-modified-since": "nonsense" })).toBe(200);
  });

  test("differs from what was written in the same second with the same size", async () => {
    const file = join(place, "site/rebuilt.txt");
    const write = async (content: string) => {
      await writeFile(file, content);
      await utimes(file, 1_000_000, 1_000_000);
      return (await fetch(`${server.origin}/rebuilt.txt`)).headers.get("etag");
    };
    expect(await write("one")).not.toBe(await write("two"));
  });
});

describe("what is outside of the folder, or nowhere", () => {
  test.each([
    "/../secret.txt",
    "/api/../../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/%252e%252e/secret.txt",
    "/..%5csecret.txt",
    "/..\\secret.txt",
    "/../site-secret/secret.txt",
    "/link.txt",
    "/up/secret.txt",
    "/up/",
    "/a.txt%00.html",
    "/%00",
    "/%",
    "/%c0%af",
    "//api",
    "//example.com/%2e%2e",
    "/api//index.html",
    "/./a.txt",
    "/a.txt/",
    "/a.txt/b",
    "/empty/",
    "/missing",
    `/${"a".repeat(5000)}`,
    "http://localhost/a.txt",
    "*",
  ])("%s is answered with 404 in plain text, and nothing of it repeated", async (target) => {
    const answer = await raw(target);
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).toContain("Content-Type: text/plain; charset=utf-8");
    expect(answer).toContain("X-Content-Type-Options: nosniff");
    expect(answer.split("\r\n\r\n")[1]).toBe("404 Not found.\n");
  });

  test.each(["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])("%s is refused, with what is allowed", async (method) => {
    const answer = await raw("/a.txt", method, "Content-Length: 0\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).toContain("Allow: GET, HEAD");
  });
});

test("a folder that is not there is an error at once, not a server of nothing", async () => {
  await expect(serveStatic(join(place, "nowhere"), { port: 0 })).rejects.toThrow("Build it first");
  await expect(serveStatic(join(place, "secret.txt"), { port: 0 })).rejects.toThrow("Build it first");
});
