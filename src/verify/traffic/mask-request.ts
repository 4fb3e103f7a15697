import type { SentRequest } from "../exchange.js";
import type { Redaction } from "../redaction.js";
import type { TrafficExchange } from "./traffic-exchange.js";

/**
 * Learns the secrets of a request that somebody else has sent, and gives the request as it may be shown. Unlike a request
 * that is made from a description, it can hold secrets anywhere that only their names tell.
 */
export async function maskedRequest(redaction: Redaction, exchange: TrafficExchange): Promise<SentRequest> {
  const { method, url, headers } = exchange;
  const fields = await fieldsOf(exchange);
  redaction.learn(headers, url, fields);
  const shown = headers.map(([name, value]): [string, string] => [name.toLowerCase(), redaction.header(name, value)]);
  const masked = { method, url: redaction.url(url), headers: shown };
  return fields === undefined ? masked : { ...masked, body: redaction.fields(fields) };
}

/** A body as JSON or text; of a form its fields, of a file in it only that it is one; of other bytes nothing. */
async function fieldsOf({ headers, body }: TrafficExchange): Promise<unknown> {
  const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  if (body.length === 0) return undefined;
  try {
    if (/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type)) {
      const form = await new Response(Buffer.from(body), { headers: { "content-type": type } }).formData();
      return Object.fromEntries(
        [...form].map(([name, value]) => [name, typeof value === "string" ? value : "(a file)"]),
      );
    }
    const isText = /json|text|xml|javascript/i.test(type);
    return isText ? parsed(new TextDecoder().decode(body)) : undefined;
  } catch {
    return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
