import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { type AccessEntry, type AccessNotes, logAccess } from "./access-log.js";
import { isPreflight, preflightHeaders } from "./cors.js";
import { type IndexEntry, indexPage } from "./index-page.js";
import { readPreferences } from "./preferences.js";
import type { Engine } from "./prism.js";
import type { PrismOperation, PrismRequest } from "./prism-modules.js";
import { type Answer, HttpProblem, problem } from "./problems.js";
import { refusals } from "./refusals.js";
import { decodeBody, MalformedRequest, readBody, readTarget, toPrismRequest } from "./requests.js";
import { writeAnswer } from "./responses.js";
import type { createRoutes } from "./routes.js";

/** An API behind the gateway. */
export interface MockedApi extends Pick<IndexEntry, "title" | "version"> {
  engine: Engine;
  match: ReturnType<typeof createRoutes>;
}

/**
 * Leads every request to its API, which is the first part of its path, and does around Prism what Prism does not.
 * Whatever a client sends, it gets an answer, and the process goes on.
 *
 * @param apis the APIs by name.
 * @param onAccess called once for every request.
 */
export function createGateway(
  apis: ReadonlyMap<string, MockedApi>,
  onAccess: (entry: AccessEntry) => void,
): RequestListener {
  return async (request, response) => {
    const notes: AccessNotes = { reasons: [] };
    logAccess(request, response, notes, onAccess);
    const answer = await answerTo(request, apis, notes).catch((error) => failure(error, notes));
    try {
      send(request, response, answer, notes);
    } catch (error) {
      send(request, response, failure(error, notes), notes);
    }
  };
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer, notes: AccessNotes): void {
  notes.reasons = answer.reasons ?? [];
  if (!response.destroyed) writeAnswer(request, response, answer);
}

function failure(error: unknown, notes: AccessNotes): Answer {
  if (error instanceof HttpProblem) return error.answer;
  notes.error = error;
  return problem(500, `The mock failed: ${error instanceof Error ? error.message : String(error)}`);
}

async function answerTo(
  request: IncomingMessage,
  apis: ReadonlyMap<string, MockedApi>,
  notes: AccessNotes,
): Promise<Answer> {
  if (isPreflight(request)) return { status: 204, headers: preflightHeaders(request) };
  const { pathname, searchParams } = readTarget(request);
  if (pathname === "/") return indexPage(request, indexOf(request, apis));
  const [, name = "", ...rest] = pathname.split("/");
  const api = apis.get(name);
  if (!api) {
    const prefixes = [...apis.keys()].map((known) => `/${known}`);
    throw new HttpProblem(404, `A path begins with the name of an API: ${prefixes.join(", ")}.`, { prefixes });
  }
  notes.api = name;
  const path = `/${rest.join("/")}`;
  const method = request.method ?? "GET";
  const found = api.match(method, path);
  if (found.kind === "none") throw new HttpProblem(404, `${api.title} has no path ${path}.`);
  if (found.kind === "method") {
    const allow = found.allow.join(", ");
    if (method === "OPTIONS") return { status: 204, headers: { allow } };
    throw new HttpProblem(405, `${method} is not described for ${path}; ${allow} are.`, {}, { allow });
  }
  notes.operation = found.operation;
  return answerOperation(request, api.engine, found.operation, path, searchParams);
}

async function answerOperation(
  request: IncomingMessage,
  engine: Engine,
  operation: PrismOperation,
  path: string,
  query: URLSearchParams,
): Promise<Answer> {
  const preferences = readPreferences(request.headers);
  const raw = await readBody(request);
  const prismRequest = toPrismRequest(request, path, query, operation, {
    bodyLength: raw.length,
    acceptAnything: preferences.code !== undefined,
  });
  try {
    prismRequest.body = decodeBody(raw, request.headers["content-type"], operation);
  } catch (error) {
    if (error instanceof MalformedRequest) return answerMalformed(engine, operation, prismRequest, error.message);
    throw error;
  }
  const answer = await engine.answer(operation, prismRequest, preferences);
  if (answer.status < 400 || answer.reasons?.length) return answer;
  return { ...answer, reasons: ["asked for with Prefer"] };
}

/** Refuses as the description says a bad request is refused, if it does; a missing credential comes first. */
async function answerMalformed(
  engine: Engine,
  operation: PrismOperation,
  request: PrismRequest,
  reason: string,
): Promise<Answer> {
  const headers = { ...request.headers, accept: "*/*" };
  const documented = await engine.answer(operation, { ...request, headers }, { code: 400 }, false);
  if (documented.status === 401) return documented;
  const answer = documented.status === 400 ? documented : problem(400, `Bad request: ${reason}.`);
  return { ...answer, ...refusals([{ path: ["body"], code: "malformed", message: reason, severity: 0 }], operation) };
}

function indexOf({ socket }: IncomingMessage, apis: ReadonlyMap<string, MockedApi>): IndexEntry[] {
  return [...apis].map(([name, { title, version, engine }]) => ({
    name,
    title,
    version,
    operations: engine.operations.length,
    baseUrl: `http://127.0.0.1:${socket.localPort}/${name}`,
  }));
}
