import type { ParameterLocation } from "../../testing/openapi.js";
import { headersOf } from "../headers.js";
import { decoded } from "./find-operation.js";
import type { TrafficExchange } from "./traffic-exchange.js";

/** A request, taken apart as far as the checks need it. */
export interface Sent {
  readonly query: readonly (readonly [string, string])[];
  readonly cookies: readonly (readonly [string, string])[];
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly isWhole: boolean;
}

/** Takes a request apart. */
export function sentOf({ path, headers, body, isWhole }: TrafficExchange): Sent {
  const all = headersOf(headers);
  const [, query = ""] = path.split(/\?(.*)/s);
  return {
    query: pairs(query, "&").map(([name, value]) => [plain(name), plain(value)]),
    cookies: pairs(all.get("cookie") ?? "", /;\s*/),
    headers: all,
    body,
    isWhole,
  };
}

/** What was sent under the name of a parameter. */
export function textsOf({ query, cookies, headers }: Sent, place: ParameterLocation, name: string): string[] {
  if (place === "header") return [headers.get(name)].flatMap((value) => value ?? []);
  const all = place === "cookie" ? cookies : query;
  return all.filter(([other]) => other === name).map(([, value]) => value);
}

function pairs(text: string, separator: string | RegExp): [string, string][] {
  return text
    .split(separator)
    .filter((pair) => pair !== "")
    .map((pair) => {
      const at = pair.indexOf("=");
      return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
    });
}

/** A plus is a space in the query of a form (WHATWG URL, "application/x-www-form-urlencoded parsing"). */
function plain(text: string): string {
  return decoded(text.replaceAll("+", " "));
}
