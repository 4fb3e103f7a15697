import { createHash } from "node:crypto";
import { readFile, realpath, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { extname, join, relative, sep } from "node:path";
import { type Listening, listen } from "./listen.js";

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".yaml": "application/yaml; charset=utf-8",
  ".yml": "application/yaml; charset=utf-8",
};

/** The catalogue of APIs, which has no ending, and its type (RFC 9727, sections 3 and 4.1). */
const catalog = ".well-known/api-catalog";
const catalogType = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"';

/**
 * Serves the files of a folder over HTTP, to this machine only.
 *
 * @param folder the folder; nothing outside of it is served, also not through a symbolic link. If it holds
 *   `.well-known/api-catalog`, its first page and the catalogue itself link to that.
 * @param options `port`: the port to take, 4000 by default, or the next free one; 0 lets the system choose.
 * @throws Error when `folder` is not a folder, and what {@link listen} throws.
 */
export async function serveStatic(folder: string, options: { port?: number } = {}): Promise<Listening> {
  const root = await realpath(folder).catch(() => undefined);
  if (root === undefined || !(await stat(root)).isDirectory()) {
    throw new Error(`There is no folder ${folder} to serve. Build it first.`);
  }
  const server = createServer((request, response) => {
    answer(root, request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else refuse(response, 500, "The file could not be read.");
    });
  });
  return listen(server, options.port ?? 4000);
}

async function answer(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader("Cache-Control", "no-cache");
  response.setHeader("X-Content-Type-Options", "nosniff");
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return refuse(response, 405, "Only GET and HEAD are answered here.");
  }
  const [path = "", query] = splitOnce(request.url ?? "", "?");
  const segments = segmentsOf(path);
  const found = segments && (await find(root, segments));
  if (!segments || !found) return refuse(response, 404, "Not found.");

  if (found.isFolder && !path.endsWith("/")) {
    response.setHeader("Location", `${path}/${query === undefined ? "" : `?${query}`}`);
    return refuse(response, 301, "Moved.");
  }
  const file = found.isFolder ? await find(root, [...segments, "index.html"]) : found;
  if (!file || file.isFolder || (!found.isFolder && path.endsWith("/"))) return refuse(response, 404, "Not found.");
  const served = relative(root, file.path).split(sep).join("/");
  if ((served === "index.html" || served === catalog) && (await find(root, catalog.split("/")))) {
    response.setHeader("Link", `</${catalog}>; rel="api-catalog"`);
  }
  const type = served === catalog ? catalogType : types[extname(served).toLowerCase()];
  await send(file, type ?? "application/octet-stream", request, response);
}

interface Found {
  path: string;
  isFolder: boolean;
  /** When the content changed, to the second, as HTTP counts. */
  modified: Date;
}

async function send(file: Found, type: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const content = await readFile(file.path);
  // Of the content, not of time and size: a build can write twice within a second, and the same size.
  const etag = `"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`;
  response.setHeader("ETag", etag);
  response.setHeader("Last-Modified", file.modified.toUTCString());
  if (isFresh(request, etag, file.modified)) {
    response.writeHead(304).end();
    return;
  }
  response.setHeader("Content-Type", type);
  response.setHeader("Content-Length", content.length);
  response.writeHead(200).end(content);
}

/** As RFC 9110 orders it: the date counts only when no entity tag was sent. */
function isFresh(request: IncomingMessage, etag: string, modified: Date): boolean {
  const tags = request.headers["if-none-match"];
  if (tags !== undefined) {
    return tags.split(",").some((tag) => tag.trim() === "*" || tag.trim().replace(/^W\//, "") === etag);
  }
  return Date.parse(request.headers["if-modified-since"] ?? "") >= modified.getTime();
}

/**
 * The decoded parts of a path, or nothing if one of them could lead out of the folder.
 * An empty part in front would also turn the redirect into one to another host: `//host` -> `//host/`.
 */
function segmentsOf(path: string): string[] | undefined {
  if (!path.startsWith("/")) return undefined;
  const raw = path.slice(1).split("/");
  if (raw.at(-1) === "") raw.pop();
  try {
    const segments = raw.map(decodeURIComponent);
    return segments.every((segment) => !["", ".", ".."].includes(segment) && !/[/\\\0]/.test(segment))
      ? segments
      : undefined;
  } catch {
    return undefined;
  }
}

/** Follows symbolic links before it looks whether the file is inside. */
async function find(root: string, segments: readonly string[]): Promise<Found | undefined> {
  try {
    const path = await realpath(join(root, ...segments));
    if (path !== root && !path.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
    const stats = await stat(path);
    if (!stats.isFile() && !stats.isDirectory()) return undefined;
    return { path, isFolder: stats.isDirectory(), modified: new Date(Math.floor(stats.mtimeMs / 1000) * 1000) };
  } catch {
    return undefined;
  }
}

function refuse(response: ServerResponse, status: number, message: string): void {
  const body = `${status} ${message}\n`;
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.setHeader("Content-Length", Buffer.byteLength(body));
  response.writeHead(status).end(body);
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
