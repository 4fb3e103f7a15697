import {
  authorize,
  type Case,
  casesFor,
  checkResponse,
  type Description,
  type DocumentedAnswer,
  documentedAnswers,
  type Finding,
  findOperation,
  placeholderCredentials,
  requestFor,
  runCase,
} from "../../src/testing/index.js";
import { exceptionFor } from "./beyond-prism.js";

/** Sends a request; the global `fetch`, or something that changes the answer on its way. */
export type Send = (request: Request) => Promise<Response>;

/** Sends a case to a mock and tells what is wrong with the answer. */
export async function findingsOfCase(
  description: Description,
  one: Case,
  baseUrl: string,
  send: Send = fetch,
): Promise<readonly Finding[]> {
  const credentials = placeholderCredentials(description);
  return (await runCase(description, one, { baseUrl, credentials, fetch: send })).findings;
}

/** Asks a mock for one of the documented answers and tells what is wrong with it, a wrong status included. */
export async function findingsOfAnswer(
  description: Description,
  valid: Case,
  answer: DocumentedAnswer,
  baseUrl: string,
  send: Send = fetch,
): Promise<readonly Finding[]> {
  const operation = findOperation(description, valid.operationId);
  const headers = {
    prefer: `code=${answer.status}${answer.example === undefined ? "" : `, example=${answer.example}`}`,
    ...(answer.mediaType === undefined ? {} : { accept: answer.mediaType }),
  };
  const authorization = authorize(description, operation, placeholderCredentials(description));
  const response = await send(requestFor(valid, baseUrl, authorization, headers));
  const findings = await checkResponse(description, valid.operationId, response);
  if (response.status === answer.status) return findings;
  const message = `The mock was asked for ${answer.id}.`;
  const { pointer, evidence } = answer.place;
  const detail = { expected: String(answer.status), received: String(response.status) };
  return [
    { check: "response-status", operationId: valid.operationId, message, pointer, evidence, ...detail },
    ...findings,
  ];
}

/** A valid request of an operation, for asking for its answers. */
export function validCase(cases: readonly Case[]): Case {
  const found = cases.find((one) => one.kind === "positive");
  if (!found) throw new Error("An operation has always a positive case.");
  return found;
}

/** Everything that the conformance tests find about one operation. */
export async function sweep(
  description: Description,
  operationId: string,
  baseUrl: string,
  send: Send = fetch,
): Promise<Finding[]> {
  const operation = findOperation(description, operationId);
  const { cases } = await casesFor(description, operationId);
  const checked = cases.filter((one) => !exceptionFor(one, operation));
  const answers = documentedAnswers(description, operation);
  const results = await Promise.all([
    ...checked.map((one) => findingsOfCase(description, one, baseUrl, send)),
    ...answers.map((answer) => findingsOfAnswer(description, validCase(cases), answer, baseUrl, send)),
  ]);
  return results.flat();
}
