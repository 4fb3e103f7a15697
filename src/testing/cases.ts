import { assemble, type Draft } from "./cases/assemble.js";
import { type BodyExample, bodyCases, exampleBodies } from "./cases/body-cases.js";
import type { Case, CaseList, LeftOut } from "./cases/case.js";
import type { Context } from "./cases/context.js";
import { exampleParameters, parameterCases } from "./cases/parameter-cases.js";
import { type Description, findOperation } from "./description.js";
import { type Json, pointerTo } from "./json.js";
import type { Operation, Parameter } from "./operation.js";
import { validatorOf } from "./validator.js";

/**
 * Makes the requests that test an operation from its description, the same ones every time:
 *
 * - positive: each documented body with every documented parameter, only what is required, every documented member at
 *   once, each limit exactly reached, each member of an enum;
 * - negative: each required part left out, each limit passed, each enum, constant, pattern, format and type broken, in
 *   parameters and at every depth of the body; everything else in the request is valid;
 * - unauthenticated: a valid request that must not get by without a credential.
 *
 * An operation that documents no status for a bad request gets no negative cases: nothing says that it refuses any.
 *
 * No credential is in them; `runCase` adds it.
 *
 * @param description from `loadDescription`.
 * @param operationId the operation to test.
 * @returns the cases, with ids that are unique and stable, and what could not be made a case, with the reason.
 * @throws Error if something required has no example, or an example is not valid; if Ajv is not installed.
 */
export async function casesFor(description: Description, operationId: string): Promise<CaseList> {
  const operation = findOperation(description, operationId);
  const context: Context = { description, operation, validator: await validatorOf(description) };
  const values = exampleParameters(context);
  const bodies = exampleBodies(context);
  const [body] = bodies;
  const only = (wanted: (parameter: Parameter) => boolean): Map<Parameter, Json> =>
    new Map([...values].filter(([parameter]) => wanted(parameter)));
  const mandatory = only((parameter) => parameter.required);
  const least: Draft = {
    parameters: mandatory,
    ...(operation.requestBody?.required && body ? { body: body.smallest } : {}),
  };
  const usual: Draft = { parameters: mandatory, ...(body ? { body: body.body } : {}) };
  const documented = documentedCases(
    operation,
    only((parameter) => !parameter.deprecated),
    bodies,
  );
  const judged = refuses(operation) ? (one: Case | LeftOut) => one : withoutNegative;
  const made: (Case | LeftOut)[] = [
    ...documented,
    ...onlyNew(
      documented,
      assemble(operation, least, { kind: "positive", wording: "only what is required", place: operation.place }),
    ),
    ...parameterCases(context, usual, values).map(judged),
    ...bodyCases(context, usual, bodies).map(judged),
    ...(needsCredential(operation) ? [assemble(operation, usual, unauthenticated(operation))] : []),
    ...withoutExample(operation, values),
  ];
  return distinct(made);
}

function documentedCases(
  operation: Operation,
  parameters: Draft["parameters"],
  bodies: readonly BodyExample[],
): Case[] {
  if (bodies.length === 0) {
    return [
      assemble(operation, { parameters }, { kind: "positive", wording: "as documented", place: operation.place }),
    ];
  }
  return bodies.flatMap(({ name, place, body, largest }) => {
    const wording = `as documented${name === undefined ? "" : `, example ${name}`}`;
    const made = assemble(operation, { parameters, body }, { kind: "positive", wording, place });
    const whole = { kind: "positive", wording: `${wording}, with every member`, place } as const;
    return [made, ...onlyNew([made], assemble(operation, { parameters, body: largest }, whole))];
  });
}

function unauthenticated({ place, operation }: Operation) {
  const pointer = operation.security ? pointerTo(place.pointer, "security") : "/security";
  return { kind: "unauthenticated", wording: "without a credential", place: { ...place, pointer } } as const;
}

/** An empty requirement among several makes the credential optional (OpenAPI 3.2, Security Requirement Object). */
function needsCredential({ security }: Operation): boolean {
  return security.length > 0 && security.every((requirement) => Object.keys(requirement).length > 0);
}

/** Whether an operation documents what a bad request is answered with. */
function refuses({ responses }: Operation): boolean {
  return responses.some(({ status }) => /^(400|422|4XX|default)$/i.test(status));
}

function withoutNegative(one: Case | LeftOut): Case | LeftOut {
  if ("reason" in one || one.kind !== "negative") return one;
  const { operationId, id, pointer } = one;
  return { operationId, id, pointer, reason: "no status for a bad request is documented" };
}

function withoutExample({ operationId, parameters }: Operation, values: ReadonlyMap<Parameter, Json>): LeftOut[] {
  return parameters
    .filter((parameter) => !values.has(parameter))
    .map(({ in: location, name, place }) => ({
      operationId,
      id: `${operationId}: ${location} ${name}`,
      pointer: place.pointer,
      reason: "the parameter has no example",
    }));
}

function onlyNew(known: readonly Case[], made: Case): Case[] {
  return known.some((one) => requestOf(one) === requestOf(made)) ? [] : [made];
}

/** One request can come about in several ways, as when both sides of an `allOf` have the same limit. */
function distinct(made: readonly (Case | LeftOut)[]): CaseList {
  const cases = new Map<string, Case>();
  const leftOut: LeftOut[] = [];
  for (const one of made) {
    if ("reason" in one) {
      leftOut.push(one);
      continue;
    }
    const known = cases.get(one.id);
    if (!known) cases.set(one.id, one);
    else if (requestOf(known) !== requestOf(one)) {
      const id = `${one.id} (${one.pointer})`;
      cases.set(id, { ...one, id });
    }
  }
  // What one example has no value for, another may have.
  return { cases: [...cases.values()], leftOut: leftOut.filter(({ id }) => !cases.has(id)) };
}

function requestOf({ path, query, headers, cookies, body, contentType }: Case): string {
  return JSON.stringify([path, query, headers, cookies, body, contentType]);
}
