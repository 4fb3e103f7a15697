import type { Answered, Asked, Handle } from "../../verify/proxy.js";

/** An exchange between the verifier and a server, as it was on the wire. */
export interface Exchanged {
  readonly asked: Asked;
  /** Missing where the server gave no answer. */
  readonly answered?: Answered;
}

/** Writes down what passes a server. */
export function writingDown(log: Exchanged[]): (handle: Handle) => Handle {
  return (handle) => async (asked, forward) => {
    const answer = await handle({ ...asked, headers: { ...asked.headers } }, forward);
    log.push(typeof answer === "string" ? { asked } : { asked, answered: answer });
    return answer;
  };
}

/** Where a written down server is. */
export const RECORDED_AT = "http://server.test";

/** Exchanges as an HTTP Archive with nothing left out, for tools that judge one. */
export function archiveOf(log: readonly Exchanged[]): string {
  const entries = log.map(({ asked, answered }) => {
    const type = asked.headers["content-type"] ?? "";
    const mimeType = String(answered?.headers["content-type"] ?? "");
    const body = answered?.body.subarray(0, answered.breakAfter) ?? Buffer.alloc(0);
    return {
      startedDateTime: "2026-01-01T00:00:00.000Z",
      time: 1,
      request: {
        method: asked.method,
        url: RECORDED_AT + asked.url,
        httpVersion: "HTTP/1.1",
        cookies: [],
        headers: Object.entries(asked.headers).map(([name, value]) => ({ name, value })),
        queryString: [...new URL(asked.url, RECORDED_AT).searchParams].map(([name, value]) => ({ name, value })),
        headersSize: -1,
        bodySize: Buffer.byteLength(asked.body),
        ...(asked.body === "" ? {} : { postData: { mimeType: type, text: asked.body } }),
      },
      response: {
        status: answered?.status ?? 0,
        statusText: "",
        httpVersion: "HTTP/1.1",
        cookies: [],
        headers: Object.entries(answered?.headers ?? {}).flatMap(([name, values]) =>
          [values].flat().map((value) => ({ name, value })),
        ),
        content: { size: body.length, mimeType, text: body.toString("utf8") },
        redirectURL: "",
        headersSize: -1,
        bodySize: body.length,
      },
      cache: {},
      timings: { send: 0, wait: 1, receive: 0 },
    };
  });
  return JSON.stringify({ log: { version: "1.2", creator: { name: "bench", version: "1" }, entries } });
}
