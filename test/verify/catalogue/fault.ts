import { contentExamples, valueExamples } from "../../../src/testing/cases/examples.js";
import { findOperation, loadDescription } from "../../../src/testing/index.js";
import { describedResponse } from "../../../src/testing/operation.js";
import type { VerifyCheckId, VerifyOptions } from "../../../src/verify/index.js";
import type { Answered, Asked, Handle } from "../proxy.js";
import type { ShelfKind } from "../shelf.js";

/** One mistake of a server, or of a client, made on purpose. */
export interface CatalogueFault {
  /** Completes "a server that …", or "a client that …". */
  readonly name: string;
  readonly api: string;
  /** The operations that are verified. */
  readonly only: readonly string[];
  /** What has to be found, and nothing else. */
  readonly checks: readonly VerifyCheckId[];
  /** Where the part has to be named that is wrong. */
  readonly location?: string;
  readonly options?: Partial<VerifyOptions>;
  readonly handle: Handle;
  /** Set for a mistake of a client: what it makes of a valid request, on its way through `agent-apis proxy`. */
  readonly client?: (request: Request) => Request;
  /** Set for mistakes that only a server which remembers can make. */
  readonly shelf?: ShelfKind;
}

/** Who makes a mistake, and which: `a server that does not delete`. */
export function sentenceOf({ client, name }: Pick<CatalogueFault, "client" | "name">): string {
  return `a ${client ? "client" : "server"} that ${name}`;
}

/** Asks for something else in the query. */
export function asking(name: string, value: string): (request: Request) => Request {
  return (request) => {
    const url = new URL(request.url);
    url.searchParams.set(name, value);
    return new Request(url, request);
  };
}

/** Any JSON, for reaching into it. */
// biome-ignore lint/suspicious/noExplicitAny: a fault reaches wherever it wants, and fails loudly where nothing is.
export type Any = any;

/** Which answers a fault changes. */
export type When = (answer: Answered, asked: Asked) => boolean;

/** Successful answers. */
export const success: When = ({ status }) => status >= 200 && status < 300;

/** Answers with a certain status. */
export const withStatus =
  (...wanted: number[]): When =>
  ({ status }) =>
    wanted.includes(status);

/** Changes answers on their way. */
export function changing(change: (answer: Answered, asked: Asked) => Answered, when: When = success): Handle {
  return async (asked, forward) => {
    const answer = await forward(asked);
    return when(answer, asked) ? change(answer, asked) : answer;
  };
}

/** Changes the JSON of answers; what `change` returns, if anything, takes its place. */
export function json(change: (body: Any) => unknown, when: When = success): Handle {
  return changing(
    (answer) => {
      const body: Any = JSON.parse(answer.body.toString("utf8"));
      const replaced = change(body);
      return {
        ...answer,
        body: Buffer.from(JSON.stringify(replaced === undefined || typeof replaced !== "object" ? body : replaced)),
      };
    },
    (answer, asked) => /json/.test(String(answer.headers["content-type"])) && when(answer, asked),
  );
}

/** Changes the text of answers. */
export function text(change: (body: string) => string, when: When = success): Handle {
  return changing((answer) => ({ ...answer, body: Buffer.from(change(answer.body.toString("utf8"))) }), when);
}

/** Sets a header of answers, or takes it away. */
export function header(name: string, value: string | undefined, when: When = success): Handle {
  return changing((answer) => {
    const headers = { ...answer.headers };
    if (value === undefined) delete headers[name];
    else headers[name] = value;
    return { ...answer, headers };
  }, when);
}

/** Gives answers another status. */
export function status(wanted: number, when: When = success): Handle {
  return changing((answer) => ({ ...answer, status: wanted }), when);
}

/** Changes requests on their way, as a server does that does not look closely. */
export function overlooking(change: (asked: Asked) => Asked): Handle {
  return (asked, forward) => forward(change(asked));
}

/** Changes the JSON of requests on their way. */
export function overlookingBody(change: (body: Any) => void): Handle {
  return overlooking((asked) => {
    const body: Any = parsed(asked.body);
    if (body === undefined) return asked;
    if (typeof body === "object" && body !== null) change(body);
    return { ...asked, body: JSON.stringify(body) };
  });
}

/** Answers some requests, even if they are valid, with what is documented for another status. */
export function answering(wanted: number, when: (asked: Asked) => boolean): Handle {
  return (asked, forward) => forward(when(asked) ? prefer(asked, wanted) : asked);
}

/** Replaces some answers by what is documented for another status of an operation. */
export function replacing(api: string, operationId: string, wanted: number, when: When): Handle {
  return changing(() => documented(api, operationId, wanted), when);
}

/** The documented answer of an operation with a status, as its examples have it. */
function documented(api: string, operationId: string, wanted: number): Answered {
  const description = loadDescription(api);
  const described = describedResponse(findOperation(description, operationId), wanted);
  const [content] = described?.content ?? [];
  const [example] = content ? contentExamples(description.document, content) : [];
  if (!described || !content || !example) throw new Error(`${operationId} has no example of a ${wanted}.`);
  const headers = described.headers.flatMap((header) => {
    const [value] = valueExamples(description.document, header);
    return value ? [[header.name.toLowerCase(), String(value.value)]] : [];
  });
  const body = Buffer.from(JSON.stringify(example.value));
  return { status: wanted, headers: { ...Object.fromEntries(headers), "content-type": content.mediaType }, body };
}

function prefer(asked: Asked, wanted: number): Asked {
  return { ...asked, headers: { ...asked.headers, prefer: `code=${wanted}`, accept: "*/*" } };
}

/** What no JSON is goes on as it is. */
function parsed(text: string): Any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
