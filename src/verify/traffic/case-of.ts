import type { Case } from "../../testing/index.js";
import type { Json } from "../../testing/json.js";
import type { SentRequest } from "../exchange.js";
import type { Match } from "./find-operation.js";
import type { Sent } from "./sent.js";
import type { TrafficExchange } from "./traffic-exchange.js";

/** A request as a case, for showing it as the verifier shows its own; of what was masked the mask. */
export function caseOf(exchange: TrafficExchange, { operation }: Match, sent: Sent, shown: SentRequest): Case {
  const { operationId, place, parameters, method } = operation;
  const { label, path } = exchange;
  const [, query = ""] = shown.url.split(/\?(.*)/s);
  const type = sent.headers.get("content-type");
  const headers = parameters.filter((one) => one.in === "header").map(({ name }) => [name, sent.headers.get(name)]);
  return {
    id: `${operationId}: ${label}`,
    operationId,
    kind: "positive",
    method,
    path: path.replace(/\?.*$/s, ""),
    query: query
      .split("&")
      .filter((pair) => pair !== "")
      .map((pair) => ({ name: pair.split("=")[0] ?? "", value: pair.replace(/^[^=]*=?/, "") })),
    headers: Object.fromEntries(headers.filter(([, value]) => value !== null)),
    cookies: [],
    ...(shown.body === undefined || type === null ? {} : { body: bodyOf(shown.body), contentType: type }),
    expect: "success",
    pointer: place.pointer,
    evidence: place.evidence,
  };
}

function bodyOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
