import type { IncomingMessage } from "node:http";
import { documentedResponse, withHeaders } from "./documented.js";
import { eventsAfter } from "./events.js";
import type { Fault } from "./faults/fault.js";
import { objectOf } from "./json.js";
import { withMadeBytes } from "./made-bytes.js";
import { isEventStream, type Message, toMessage } from "./message.js";
import { asConditionsSay } from "./partial.js";
import { type Preferences, readPreferences } from "./preferences.js";
import type { PrismOperation, PrismRequest } from "./prism-modules.js";
import { type Answer, problem } from "./problems.js";
import { refusals } from "./refusals.js";
import { decodeBody, MalformedRequest, readBody, toPrismRequest } from "./requests.js";
import type { Site } from "./sites.js";
import type { State } from "./state/state.js";

/** What an operation answers. */
export interface Exchange {
  message: Message;
  /** Why the request was refused, if it was. */
  reasons: string[];
}

/**
 * Answers a request to an operation: Prism finds the answer, and what Prism cannot do is done to it.
 *
 * @param query the request's parameters.
 * @param fault what is to go wrong; only a status counts here, the rest goes wrong on the way.
 */
export async function answerOperation(
  request: IncomingMessage,
  site: Site,
  operation: PrismOperation,
  query: URLSearchParams,
  fault: Fault | undefined,
): Promise<Exchange> {
  const preferences = readPreferences(request.headers);
  const raw = await readBody(request);
  const asked: Asked = {
    site,
    operation,
    preferences,
    request: toPrismRequest(request, site.path, query, operation, {
      bodyLength: raw.length,
      acceptAnything: preferences.code !== undefined,
    }),
  };
  const answer = fault?.status === undefined ? await accepted(request, raw, asked) : await faulty(asked, fault);
  const message = write(asked, answer);
  return { message: await asRequested(request, asked, query, message), reasons: answer.reasons ?? [] };
}

/** A request, and everything that is known of it. */
interface Asked {
  site: Site;
  operation: PrismOperation;
  preferences: Preferences;
  request: PrismRequest;
}

async function accepted({ headers }: IncomingMessage, raw: Buffer, asked: Asked): Promise<Answer> {
  const { site, operation, preferences, request } = asked;
  try {
    request.body = decodeBody(raw, headers["content-type"], operation);
  } catch (error) {
    if (error instanceof MalformedRequest) return answerMalformed(asked, error.message);
    throw error;
  }
  const answer = await site.api.engine.answer(operation, request, preferences);
  const isAsExampled = Object.keys(preferences).length === 0;
  if (answer.status < 300 && isAsExampled && site.api.state) return remembered(asked, answer, site.api.state);
  if (answer.status < 400 || answer.reasons?.length) return answer;
  return { ...answer, reasons: ["asked for with Prefer"] };
}

/** The answer with what the mock keeps in place of the example; where it keeps no such thing the documented 404. */
async function remembered(asked: Asked, answer: Answer, state: State): Promise<Answer> {
  const outcome = state.answer(asked.operation, asked.request, answer.body);
  if (!outcome) return answer;
  // What is no JSON, such as a page of HTML, stays the example.
  if ("body" in outcome) return typeof answer.body === "object" ? { ...answer, body: outcome.body } : answer;
  const { status, example } = outcome;
  const documented = await documentedAnswer(asked, status, example);
  return documented ? { ...documented, reasons: reasonsOf(status) } : answer;
}

function reasonsOf(status: number): string[] {
  if (status === 401) return ["the credential was deleted"];
  return status < 400 ? [] : ["the mock keeps no such thing"];
}

/** Refuses as the description says a bad request is refused, if it does; a missing credential comes first. */
async function answerMalformed(asked: Asked, reason: string): Promise<Answer> {
  const documented = await documentedAnswer(asked, 400);
  if (documented?.status === 401) return documented;
  const answer = documented ?? problem(400, `Bad request: ${reason}.`);
  const found = [{ path: ["body"], code: "malformed", message: reason, severity: 0 }];
  return { ...answer, ...refusals(found, asked.operation) };
}

async function faulty(asked: Asked, { status = 500, retryAfter }: Fault): Promise<Answer> {
  const answer = (await documentedAnswer(asked, status)) ?? problem(status, `The mock was told to answer ${status}.`);
  const { retryAfterHeader } = asked.site.api;
  const wait = retryAfter === undefined ? {} : { "retry-after": retryAfter, [retryAfterHeader]: retryAfter };
  return { ...withHeaders(answer, wait), reasons: [] };
}

/** The documented answer with a status, if there is one, or the refusal of a request without a credential. */
async function documentedAnswer(asked: Asked, status: number, exampleKey?: string): Promise<Answer | undefined> {
  const { site, operation, request } = asked;
  if (!documentedResponse(operation, status)) return undefined;
  const headers = { ...request.headers, accept: "*/*" };
  const preferences = { code: status, ...(exampleKey === undefined ? {} : { exampleKey }) };
  const answer = await site.api.engine.answer(operation, { ...request, headers }, preferences, false);
  return [401, status].includes(answer.status) ? answer : undefined;
}

function write({ site, operation, preferences }: Asked, answer: Answer): Message {
  const message = toMessage(withMadeBytes(answer, operation, preferences.dynamic === true));
  const { rewrite } = site.api;
  for (const [name, value] of Object.entries(message.headers)) {
    if (typeof value === "string") message.headers[name] = rewrite.header(name, value, site);
  }
  if (typeof message.payload !== "string") return message;
  const kind = isEventStream(message) ? "events" : "text";
  return { ...message, payload: rewrite[kind](message.payload, site) };
}

/** Leaves out of an answer what the client has already got, or has not asked for. */
async function asRequested(
  { method, headers }: IncomingMessage,
  asked: Asked,
  query: URLSearchParams,
  message: Message,
): Promise<Message> {
  if (isEventStream(message)) return resumed(headers["last-event-id"], asked.operation, query, message);
  const { code } = asked.preferences;
  // Whoever asks for a status by its number gets that.
  if ((method !== "GET" && method !== "HEAD") || (code !== undefined && code !== 206)) return message;
  return asConditionsSay(method === "HEAD" ? { ...headers, range: undefined } : headers, message, async (status) => {
    if (!asked.operation.responses?.some((response) => response.code === String(status))) return undefined;
    const answer = await documentedAnswer(asked, status);
    return answer && write(asked, answer);
  });
}

function resumed(
  lastEventId: string | string[] | undefined,
  { extensions = {} }: PrismOperation,
  query: URLSearchParams,
  message: Message,
): Message {
  const { resume } = objectOf(extensions["x-stream"]);
  if (typeof resume !== "string") return message;
  const id = query.get(resume) ?? lastEventId;
  return id === undefined ? message : { ...message, payload: eventsAfter(String(message.payload ?? ""), String(id)) };
}
