import { type Case, type Description, findOperation } from "../testing/index.js";
import { type Carrier, carrierOf } from "./carrier.js";
import { clientCall } from "./client-call.js";
import { curlOf } from "./curl.js";
import type { Exchange } from "./exchange.js";
import type { ApiFacts } from "./facts.js";
import type { Redaction } from "./redaction.js";

/** As much is shown of a body. */
const BODY_LIMIT = 300;

/** An exchange as it may be shown: bounded, and without secrets. */
export interface ShownExchange {
  /** What it was for. */
  readonly label: string;
  /** A curl line that sends it again; its credentials are variables of the shell. */
  readonly curl: string;
  /** The call of the typed client that sends the same, if there is one. */
  readonly client?: string;
  /** The status that came. */
  readonly status?: number;
  /** The beginning of the body that came, or why nothing came. */
  readonly answer: string;
}

/** Renders exchanges for findings. */
export type Show = (exchange: Exchange, made: Case) => ShownExchange;

/**
 * Makes the function that renders exchanges.
 *
 * @param variableOf names the variable that stands for the credential of a security scheme.
 */
export function showWith(
  description: Description,
  facts: ApiFacts,
  redaction: Redaction,
  variableOf: (scheme: string) => string,
): Show {
  const schemes = Object.entries(description.document.components?.securitySchemes ?? {});
  const carriers = new Map(schemes.map(([name, scheme]) => [name, carrierOf(scheme, variableOf(name))]));
  return (exchange, made) => {
    const operation = findOperation(description, exchange.operationId);
    const used = operation.security
      .flatMap((requirement) => Object.keys(requirement))
      .flatMap((name) => carriers.get(name) ?? []);
    const client = clientCall(description.document, operation, made, facts.name);
    const { answer, failure, label, request } = exchange;
    return {
      label,
      curl: curlOf(request, sentBy(used, request.headers), redaction),
      ...(client === undefined ? {} : { client: redaction.request(client) }),
      ...(answer ? { status: answer.status } : {}),
      answer: answer
        ? redaction.answer(textOf(answer), BODY_LIMIT)
        : redaction.answer(failure?.message ?? "", BODY_LIMIT),
    };
  };
}

/** Of several schemes that use one header, the first one stands for all; a request without a credential has none. */
function sentBy(carriers: readonly Carrier[], headers: readonly (readonly [string, string])[]): Carrier[] {
  const names = new Set(headers.map(([name]) => name));
  const seen = new Set<string>();
  return carriers.filter((one) => {
    const key = `${one.in} ${one.name.toLowerCase()}`;
    const sent = one.in === "header" ? names.has(one.name.toLowerCase()) : one.in === "query" || names.has("cookie");
    const isNew = !seen.has(key);
    seen.add(key);
    return sent && isNew;
  });
}

function textOf({ body, headers }: NonNullable<Exchange["answer"]>): string {
  const type = headers.get("content-type") ?? "";
  const isText = /json|text|xml|javascript|urlencoded/i.test(type) || type === "";
  return isText ? new TextDecoder().decode(body.subarray(0, 4000)) : `${body.length} bytes of ${type}`;
}
