import type { ApiDescriptor, OperationDescriptor } from "./descriptors.js";
import { ApiResponseError } from "./errors.js";
import type { Exchange } from "./exchange.js";
import { stringAt } from "./json-pointer.js";
import type { Answer } from "./promise.js";
import { readRateLimit, readWait } from "./rate-limit.js";
import { mask } from "./redact.js";
import { isRetryableStatus } from "./retry.js";
import { ApiStatusError } from "./status-error.js";

/** How much of a text body an error keeps, in characters. */
const longestText = 4096;

/** Everything about an answer that its reading needs. @internal */
export interface Received {
  readonly api: ApiDescriptor;
  readonly exchange: Exchange;
  readonly response: Response;
  /** Unix time in milliseconds. */
  readonly now: number;
}

/**
 * Understands a successful answer.
 *
 * @param text the body.
 * @throws ApiResponseError if it is not what the description says.
 */
export function readAnswer<T>(operation: OperationDescriptor, text: string, received: Received): Answer<T> {
  if (operation.empty) {
    const body = parse(text);
    return answerOf(undefined as T, body, received);
  }
  const type = received.response.headers.get("content-type") ?? "";
  const isText = operation.answer === "text" || (operation.answer === "json-or-text" && !/[/+]json\b/i.test(type));
  if (isText) return answerOf(text as T, text, received);
  if (text.trim() === "") {
    if (!operation.bodyOptional) throw responseError(received, text, "an empty body");
    return answerOf(undefined as T, undefined, received);
  }
  const body = parse(text);
  if (body === undefined) throw responseError(received, text, "a body that is not JSON");
  const { payload } = operation;
  if (payload === undefined) return answerOf(body as T, body, received);
  const isEnvelope = typeof body === "object" && body !== null;
  if (!isEnvelope || !(operation.payloadOptional || Object.hasOwn(body, payload))) {
    throw responseError(received, text, `a body without \`${payload}\``);
  }
  return answerOf((body as Record<string, unknown>)[payload] as T, body, received);
}

/** The error for a successful answer. @param problem what it came with, such as `an empty body`. */
export function responseError(received: Received, text: string, problem: string): ApiResponseError {
  const { api, exchange, response } = received;
  const contentType = response.headers.get("content-type") ?? undefined;
  const type = contentType === undefined ? "" : ` (${exchange.printable(contentType, 80)})`;
  const body = parse(text);
  exchange.hide(exchange.redactor.secretsIn(body));
  return new ApiResponseError({
    ...exchange.errorInit(`${api.name} answered ${response.status} with ${problem}${type}`, false),
    status: response.status,
    contentType,
    snippet: exchange.secret
      ? mask
      : exchange.printable(body === undefined ? text : JSON.stringify(exchange.redactor.value(body))),
  });
}

/** The error for an unsuccessful answer: the API's own class if its status and code are documented. */
export function statusError(given: unknown, received: Received, cause?: unknown): ApiStatusError {
  const { api, exchange, response, now } = received;
  const body = typeof given === "string" ? given.slice(0, longestText) || undefined : given;
  const { status } = response;
  const code = stringAt(body, api.error?.code);
  const retryAfterMs = readWait(response, api.rateLimit, now);
  exchange.hide(exchange.redactor.secretsIn(body));
  const codes = Object.hasOwn(api.errorCodes, status) ? api.errorCodes[status] : undefined;
  const isDocumented = codes && (code === undefined ? codes.none : codes.other || codes.known?.includes(code));
  const StatusError = isDocumented ? api.Error : ApiStatusError;
  const { requestId, rateLimit } = answerOf(undefined, body, received);
  return new StatusError({
    ...exchange.errorInit(
      describe(body, code, received),
      isRetryableStatus(status, exchange.safe, api.retryRefused ?? true),
      cause,
    ),
    status,
    code,
    body,
    headers: response.headers,
    requestId,
    rateLimit,
    retryAfterMs,
  });
}

function describe(body: unknown, code: string | undefined, { api, exchange, response }: Received): string {
  const message = stringAt(body, api.error?.message);
  const title = exchange.printable(code ?? response.statusText, 80);
  const start = `${api.name} answered ${response.status}${title ? ` ${title}` : ""}`;
  if (message !== undefined) return `${start}: ${exchange.printable(message)}`;
  if (typeof body !== "string") return start;
  return `${start} (${exchange.printable(response.headers.get("content-type") ?? "no content type", 80)})`;
}

/**
 * An answer that was understood.
 *
 * @param body `undefined` if it is not to be looked into; text has no members.
 * @internal
 */
export function answerOf<T>(data: T, body: unknown, { api, exchange, response, now }: Received): Answer<T> {
  const header = api.requestId?.header;
  return {
    data,
    body,
    exchange,
    response,
    requestId: stringAt(body, api.requestId?.body) ?? (header && response.headers.get(header)) ?? undefined,
    // Few ask for it.
    get rateLimit() {
      return readRateLimit(response.headers, api.rateLimit, now);
    },
  };
}

/** JSON as a value, `undefined` if it is none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
