import type { Client } from "openapi-fetch";
import { type Received, responseError, statusError } from "./answer.js";
import type { Kernel, KernelInit, KernelResult } from "./kernel.js";

const methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/**
 * The client for calls by path, typed by the API's paths. It behaves as openapi-fetch does but in two cases: a successful
 * answer that is no JSON is an `ApiResponseError` instead of a bare `SyntaxError`, and an unsuccessful answer without a
 * body has an {@link ApiStatusError} as `error` instead of `undefined`, which would look like success.
 *
 * @internal
 */
export function byPath<Paths extends {}>(kernel: Kernel): Client<Paths> {
  const request = async (method: string, path: string, init: KernelInit = {}): Promise<KernelResult> => {
    const exchange = kernel.exchange(method, path);
    exchange.hide(exchange.redactor.secretsIn([init.body, init.params]));
    const isJson = (init.parseAs ?? "json") === "json";
    const result = await kernel.request(exchange, path, isJson ? { ...init, parseAs: "text" } : init);
    const { response, data, error } = result;
    const received = kernel.received(exchange, response);
    if (!response.ok) {
      if (error === "" || error === undefined) return { ...result, error: statusError(undefined, received) };
      if (typeof error !== "string") kernel.logAnswer(exchange, error);
      return result;
    }
    return isJson && typeof data === "string" ? { ...result, data: parse(data, received, kernel) } : result;
  };
  const client = {
    ...Object.fromEntries(
      methods.map((method) => [method, (path: string, init?: KernelInit) => request(method, path, init)]),
    ),
    request,
    use: kernel.use,
    eject: kernel.eject,
  };
  return client as unknown as Client<Paths>;
}

function parse(text: string, received: Received, kernel: Kernel): unknown {
  if (text === "") return undefined;
  try {
    const body: unknown = JSON.parse(text);
    kernel.logAnswer(received.exchange, body);
    return body;
  } catch {
    throw responseError(received, text, "a body that is not JSON");
  }
}
