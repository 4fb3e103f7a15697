import type { Arbitrary } from "fast-check";
import type { Case, Operation } from "../../testing/index.js";
import { isJsonObject, type Json } from "../../testing/json.js";
import { isJson } from "../../testing/media-type.js";
import { readScalar } from "../../testing/text-value.js";
import { validCase } from "../cases-for-run.js";
import { checkAnswer } from "../check-answer.js";
import { authorizationFor, type Run, report } from "../context.js";
import type { Exchange } from "../exchange.js";
import type { Observation } from "../finding.js";
import { judge } from "../judge.js";
import { loadFastCheck } from "./fast-check.js";
import type { Task } from "./task.js";

type FastCheck = Awaited<ReturnType<typeof loadFastCheck>>;

/** A request that shows a fault, and the fault. */
interface Counterexample {
  readonly made: Case;
  readonly exchange: Exchange;
  readonly seen: readonly Observation[];
}

/**
 * Made-up requests for every operation: its documented body with one member replaced by something arbitrary. Whether the
 * server must accept it says the description. What breaks the server is made as small as possible; the same seed makes the
 * same requests.
 *
 * @throws FuzzMissingError if fast-check is not installed.
 */
export async function fuzzTasks(run: Run): Promise<Task[]> {
  const fc = await loadFastCheck();
  return run.selected.map((operation) => ({
    operationId: operation.operationId,
    priority: 8,
    run: () => fuzz(fc, run, operation),
  }));
}

async function fuzz(fc: FastCheck, run: Run, operation: Operation): Promise<void> {
  const base = await validCase(run, operation);
  const authorization = authorizationFor(run, operation);
  const requests = base && requestsFrom(fc, run, operation, base);
  if (!requests || !authorization) return;
  let smallest: Counterexample | undefined;
  const property = fc.asyncProperty(requests, async (made) => {
    const isLeftOut = !isJudged(operation, made) || run.settings.accepts?.(made, operation) === false;
    if (run.sender.ended || isLeftOut) return true;
    const exchange = await run.sender.send(made, { label: made.id, authorization });
    if (!exchange.answer) return true;
    const verdict = judge(operation, made, exchange.answer);
    const seen = [...(await checkAnswer(run, operation, exchange)), ...("seen" in verdict ? verdict.seen : [])];
    const grave = seen.filter(({ check }) => check !== "response-header-undocumented" && check !== "too-slow");
    if (grave.length === 0) return true;
    smallest = { made, exchange, seen: grave };
    return false;
  });
  await fc.check(property, { numRuns: run.settings.fuzz, seed: run.settings.seed, endOnFailure: false });
  // The last one that failed is the one that could not be made any smaller.
  if (smallest) report(run, operation, smallest.made, smallest.exchange, smallest.seen);
}

function requestsFrom(fc: FastCheck, run: Run, operation: Operation, base: Case): Arbitrary<Case> | undefined {
  const { body, contentType = "" } = base;
  if (isJsonObject(body) && isJson(contentType)) {
    const names = Object.keys(body);
    if (names.length === 0) return undefined;
    return fc
      .tuple(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 2 }))
      .map(([name, value]) => withBody(run, operation, base, { ...body, [name]: value as Json }, name));
  }
  // An empty text cannot be told from no text by every server.
  const query = operation.parameters.filter(
    (one) => one.in === "query" && base.query.some(({ name }) => name === one.name),
  );
  if (query.length === 0) return undefined;
  return fc
    .tuple(fc.constantFrom(...query), fc.string({ minLength: 1, unit: "grapheme" }))
    .map(([parameter, text]) => withQuery(run, base, parameter, text));
}

function withBody(run: Run, operation: Operation, base: Case, body: Json, name: string): Case {
  const schema = operation.requestBody?.content[0]?.schema;
  const errors = schema ? run.validator.validate(schema.pointer, body, "request") : [];
  return { ...base, ...expectation(errors.length === 0), id: `${base.operationId}: made-up ${name}`, body };
}

function withQuery(run: Run, base: Case, parameter: Operation["parameters"][number], text: string): Case {
  const value = encodeURIComponent(wellFormed(text));
  const query = base.query.map((pair) => (pair.name === parameter.name ? { ...pair, value } : pair));
  const read = parameter.schema ? readScalar(run.description.document, parameter.schema, text) : text;
  const errors = parameter.schema ? run.validator.validate(parameter.schema.pointer, read, "request") : [];
  const { operationId } = base;
  return {
    ...base,
    ...expectation(errors.length === 0),
    id: `${operationId}: made-up ${parameter.name}`,
    query,
  };
}

function expectation(isValid: boolean): Pick<Case, "kind" | "expect"> {
  return isValid ? { kind: "positive", expect: "success" } : { kind: "negative", expect: "client-error" };
}

/** Where no status for a bad request is documented, nothing says what comes of one. */
function isJudged({ responses }: Operation, { kind }: Case): boolean {
  return kind === "positive" || responses.some(({ status }) => /^(400|422|4XX|default)$/i.test(status));
}

/** Half of a surrogate pair cannot be percent-encoded. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}
