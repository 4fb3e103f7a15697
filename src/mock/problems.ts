import { STATUS_CODES } from "node:http";
import type { Refusals } from "./refusals.js";

/** An answer that is not on the wire yet. */
export interface Answer extends Partial<Refusals> {
  status: number;
  /** Values other than text are written as text; null and undefined are left out; a list is several values. */
  headers: Record<string, unknown>;
  /** Text and bytes are sent as they are, anything else as JSON, undefined as nothing. */
  body?: unknown;
}

/** Ends the handling of a request with a problem document. */
export class HttpProblem extends Error {
  override readonly name = "HttpProblem";

  /** The answer to give. */
  readonly answer: Answer;

  /**
   * @param status the HTTP status.
   * @param detail what is wrong and what would be right.
   * @param members further members of the document.
   * @param headers further headers of the answer.
   */
  constructor(status: number, detail: string, members: object = {}, headers: Record<string, string> = {}) {
    super(detail);
    this.answer = problem(status, detail, members, headers);
  }
}

/** Makes an answer of media type `application/problem+json` (RFC 9457); parameters as for {@link HttpProblem}. */
export function problem(
  status: number,
  detail: string,
  members: object = {},
  headers: Record<string, string> = {},
): Answer {
  return {
    status,
    headers: { "content-type": "application/problem+json", ...headers },
    body: { type: "about:blank", title: STATUS_CODES[status] ?? "Unknown", status, detail, ...members },
    reasons: [detail],
  };
}
