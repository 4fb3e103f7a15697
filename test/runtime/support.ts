import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { onTestFinished, vi } from "vitest";
import {
  ApiClient,
  type ApiClientOptions,
  type ApiDescriptor,
  Download,
  documentedErrorClass,
  type OperationDescriptor,
  PagePromise,
  streams,
  writeForm,
} from "../../runtime/index.js";
import type { Seams } from "../../runtime/transport.js";

/** A request that a test's server has received. */
export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface TestServer {
  readonly url: string;
  readonly requests: ReceivedRequest[];
}

/** Answers one request. `count` is its number, from 1. */
export type Handler = (
  response: ServerResponse,
  request: ReceivedRequest,
  count: number,
  incoming: IncomingMessage,
) => void;

/** Starts a server on a free port of the local host. It ends with the test. */
export async function serve(handler: Handler): Promise<TestServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const { method = "", url = "", headers } = incoming;
    let body = "";
    for await (const chunk of incoming) body += chunk;
    const request = { method, url, headers, body };
    requests.push(request);
    handler(response, request, requests.length, incoming);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: serverAt(server), requests };
}

/** The URL of a server that listens. */
export function serverAt(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

export const NotesError = documentedErrorClass("NotesError");

export const api: ApiDescriptor = {
  name: "Notes",
  baseUrl: "https://notes.example",
  requestId: { body: "/metadata/requestId", header: "x-request-id" },
  error: { code: "/errors/0/code", message: "/errors/0/message" },
  rateLimit: {
    limit: "x-ratelimit-limit",
    remaining: "x-ratelimit-remaining",
    reset: "x-ratelimit-reset",
    retryAfter: "x-ratelimit-retry-after",
  },
  errorCodes: { 402: { known: ["INSUFFICIENT_QUOTA"] }, 404: { known: ["NOT_FOUND"] }, 413: { none: true } },
  Error: NotesError,
  sensitive: ["plainKey"],
  parts: { Download, PagePromise, streams, writeForm },
};

export const getNote: OperationDescriptor = { id: "getNote", method: "GET", path: "/notes/{id}", payload: "data" };
export const createNote: OperationDescriptor = {
  id: "createNote",
  method: "POST",
  path: "/notes",
  body: "json",
  payload: "data",
};
export const searchNotes: OperationDescriptor = {
  id: "searchNotes",
  method: "POST",
  path: "/notes/search",
  body: "json",
  payload: "data",
  retrySafe: true,
};
export const deleteNote: OperationDescriptor = {
  id: "deleteNote",
  method: "DELETE",
  path: "/notes/{id}",
  empty: true,
};
export const listNotes: OperationDescriptor = {
  id: "listNotes",
  method: "GET",
  path: "/notes",
  query: ["page", "limit", "tag"],
  payload: "data",
  pagination: { page: "page", limit: "limit", items: "/data/notes", hasNext: "/data/pagination/hasNext" },
};

export interface Note {
  readonly id: string;
}
export interface NotePage {
  readonly notes: readonly Note[];
  readonly pagination: { readonly page?: number; readonly hasNext: boolean };
}

export interface PathsOfNotes {
  "/notes/{id}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { token?: string }; path: { id: string } };
      responses: {
        200: { headers: Record<string, unknown>; content: { "application/json": { data: Note } } };
        404: { headers: Record<string, unknown>; content: { "application/json": { errors: { code: string }[] } } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/notes": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    post: {
      parameters: { query?: never; path?: never };
      requestBody: { content: { "application/json": { text?: string } } };
      responses: { 200: { headers: Record<string, unknown>; content: { "application/json": { data: Note } } } };
    };
    get?: never;
    put?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}

/** A client of a test's server. Its waits between attempts take no time, unless `seams` say otherwise. */
export function notes(
  server: { readonly url: string },
  options: ApiClientOptions = {},
  seams: Partial<Seams> = {},
): ApiClient<PathsOfNotes> {
  return new ApiClient<PathsOfNotes>(
    api,
    { baseUrl: server.url, ...options },
    { sleep: async (_ms, signal) => signal.throwIfAborted(), ...seams },
  );
}

/** What a promise is rejected with; fails if it is not. */
export async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("The promise was not rejected.");
}

/** A promise that is resolved from outside. */
export function signalled(): { readonly promise: Promise<void>; resolve(): void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve: () => resolve() };
}

/**
 * Counts the runtime's timers that are neither over nor cleared. Others are left out: Node's fetch keeps one of its own
 * for open connections.
 */
export function watchTimers(): () => number {
  const { setTimeout: start, clearTimeout: stop } = globalThis;
  const pending = new Set<unknown>();
  const set = (fire: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
    const timer = start(() => {
      pending.delete(timer);
      fire(...args);
    }, ms);
    if (new Error().stack?.includes("runtime/timers")) pending.add(timer);
    return timer;
  };
  vi.spyOn(globalThis, "setTimeout").mockImplementation(set as typeof setTimeout);
  vi.spyOn(globalThis, "clearTimeout").mockImplementation((timer) => {
    pending.delete(timer);
    stop(timer);
  });
  onTestFinished(() => void vi.restoreAllMocks());
  return () => pending.size;
}
