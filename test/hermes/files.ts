import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { basename, extname } from "node:path";
import { type Part, readForm } from "./multipart.js";
import type { Sessions } from "./sessions.js";
import { fieldsOf, type HermesRequest, Refusal, type Routes, sendJson, sendUntilClosed } from "./wire.js";

const types: Readonly<Record<string, string>> = {
  ".json": "application/json",
  ".html": "text/html",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".pdf": "application/pdf",
  ".mp3": "audio/mpeg",
  ".ts": "text/plain",
};

/** Uploads, files of the workspace and speech. Sections 6.13 and 6.16 of the dossier. */
export class Files {
  /** The files of the workspace, by path. */
  readonly workspace = new Map<string, Buffer>();
  /** The files that lie where the server allows it, by absolute path. */
  readonly media = new Map<string, Buffer>();
  /** What was uploaded, as it was sent. */
  readonly uploads: (Part & { readonly sentLength: string | undefined })[] = [];
  /** From where on the bytes of a file wait for {@link Files.release}. */
  holdAfter: number | undefined;
  /** Sends the bytes that are waiting. */
  release: () => void = () => {};
  readonly #sessions: Sessions;
  readonly #now: () => number;
  #spoken = Number.NEGATIVE_INFINITY;

  constructor(sessions: Sessions, now: () => number) {
    this.#sessions = sessions;
    this.#now = now;
  }

  readonly routes: Routes = {
    "POST /api/upload": (request, response) => {
      const parts = readForm(request);
      const file = parts.find(({ name }) => name === "file");
      if (!file) throw new Refusal(400, "No file field in request");
      if (!file.filename) throw new Refusal(400, "No filename in upload");
      const id = parts.find(({ name }) => name === "session_id")?.content.toString();
      if (!id) throw new Refusal(404, "Session not found");
      this.#sessions.find(request, id);
      const filename = file.filename.replace(/[^\p{L}\p{N}_.-]/gu, "_").slice(0, 200);
      if (/^\.*$/.test(filename)) throw new Refusal(400, "Invalid filename");
      this.uploads.push({ ...file, sentLength: request.headers["content-length"] });
      const type = types[extname(filename)] ?? "application/octet-stream";
      sendJson(request, response, 200, {
        filename,
        path: `/attachments/${id}/${filename}`,
        size: file.content.length,
        mime: type,
        is_image: type.startsWith("image/"),
      });
    },
    "GET /api/file/raw": (request, response) => {
      this.#sessions.find(request, request.query.get("session_id"));
      const path = request.query.get("path") ?? "";
      const bytes = this.workspace.get(path);
      if (!bytes) throw new Refusal(404, "not found");
      const isSaved = request.query.get("download") === "1" || [".html", ".svg"].includes(extname(path));
      response.setHeader("Content-Disposition", disposition(isSaved, basename(path)));
      response.setHeader("Cache-Control", "no-store");
      this.#sendBytes(request, response, path, bytes);
    },
    "GET /api/media": (request, response) => {
      const path = request.query.get("path");
      if (!path) throw new Refusal(400, "path parameter required");
      const bytes = this.media.get(path);
      if (!bytes) throw path.startsWith("/media/") ? new Refusal(404, "not found") : forbidden();
      const isImage = types[extname(path)]?.startsWith("image/") ?? false;
      const etag = `W/"${createHash("sha1").update(bytes).digest("hex")}"`;
      response.setHeader("Cache-Control", "private, no-cache");
      response.setHeader("ETag", etag);
      if (request.headers["if-none-match"] === etag) return void response.writeHead(304).end();
      response.setHeader("Content-Disposition", disposition(!isImage, basename(path)));
      this.#sendBytes(request, response, path, bytes);
    },
    "GET /api/folder/download": (request, response) => {
      this.#sessions.find(request, request.query.get("session_id"));
      const name = `${basename(request.query.get("path") || "workspace")}.zip`;
      sendUntilClosed(response, {
        "Content-Type": "application/zip",
        "Content-Disposition": disposition(true, name),
      });
      response.end(Buffer.from("PK\u0005\u0006".padEnd(22, "\0"), "latin1"));
    },
    "POST /api/tts": (request, response) => {
      const { text } = fieldsOf(request);
      if (typeof text !== "string" || text === "") throw new Refusal(400, "text is required");
      if (text.length > 5000) throw new Refusal(400, "text too long (max 5000 characters)");
      if (this.#now() < this.#spoken + 2000) throw new Refusal(429, "rate limit exceeded — please wait");
      this.#spoken = this.#now();
      const audio = Buffer.from([0xff, 0xfb, 0x90, 0x00, ...Buffer.from(text)]);
      response.setHeader("Cache-Control", "no-store");
      response.writeHead(200, { "Content-Type": "audio/mpeg", "Content-Length": audio.length }).end(audio);
    },
  };

  #sendBytes({ headers }: HermesRequest, response: ServerResponse, path: string, bytes: Buffer): void {
    response.setHeader("Content-Type", types[extname(path)] ?? "application/octet-stream");
    response.setHeader("Accept-Ranges", "bytes");
    const range = rangeOf(headers.range, bytes.length);
    if (range === null) {
      response.writeHead(416, { "Content-Range": `bytes */${bytes.length}`, "Content-Length": 0 }).end();
      return;
    }
    const part = range ? bytes.subarray(range.first, range.last + 1) : bytes;
    if (range) response.setHeader("Content-Range", `bytes ${range.first}-${range.last}/${bytes.length}`);
    response.writeHead(range ? 206 : 200, { "Content-Length": part.length });
    const at = this.holdAfter ?? part.length;
    response.write(part.subarray(0, at));
    this.release = () => response.end(part.subarray(at));
    if (this.holdAfter === undefined) this.release();
  }
}

function forbidden(): Refusal {
  return new Refusal(403, "Path not in allowed location");
}

function disposition(isSaved: boolean, name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, "_");
  return `${isSaved ? "attachment" : "inline"}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}

/** @returns `null` for a range that lies outside, `undefined` if the whole is asked for. */
function rangeOf(header: string | undefined, size: number): { first: number; last: number } | null | undefined {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  return first <= last ? { first, last } : null;
}
