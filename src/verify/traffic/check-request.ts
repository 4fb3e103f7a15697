import type { Description, Operation } from "../../testing/index.js";
import { isJson, matchMediaType } from "../../testing/media-type.js";
import type { Schema } from "../../testing/openapi.js";
import type { Content, Parameter } from "../../testing/operation.js";
import type { Place } from "../../testing/place.js";
import { schemaFindings } from "../../testing/schema-findings.js";
import { schemasOf, typesOf } from "../../testing/schema-walk.js";
import type { Validator } from "../../testing/validator.js";
import type { Observation } from "../finding.js";
import { MASK } from "../redaction.js";
import type { Match } from "./find-operation.js";
import { readFields, readParameter } from "./read-parameter.js";
import { type Sent, textsOf } from "./sent.js";

/** What is wrong with a request, before it is known what the server made of it. */
export type RequestFault = Omit<Observation, "check">;

/** What the checks of a request need. */
export interface RequestContext {
  readonly description: Description;
  readonly validator: Validator;
}

/** Checks a request against the description of its operation: parameters, media type and body. */
export async function checkRequest(context: RequestContext, match: Match, sent: Sent): Promise<RequestFault[]> {
  const faults = match.operation.parameters.flatMap((parameter) => checkParameter(context, match, parameter, sent));
  return [...faults, ...(await checkRequestBody(context, match.operation, sent))];
}

function checkParameter(context: RequestContext, match: Match, parameter: Parameter, sent: Sent): RequestFault[] {
  const { in: place, name, required } = parameter;
  if (isScattered(context, parameter)) return [];
  const texts = place === "path" ? [match.values.get(name) ?? ""] : textsOf(sent, place, name);
  const subject = `${place} ${name}`;
  if (texts.length === 0) {
    return required ? [fault(match.operation, parameter.place, subject, "is required, but was not sent.")] : [];
  }
  // Written over several names, or masked: nothing can be said about it.
  const value = texts.includes(MASK) ? undefined : readParameter(context.description.document, parameter, texts);
  return value === undefined || !parameter.schema
    ? []
    : validate(context, match.operation, parameter.schema, value, subject);
}

/** An object may be written under the names of its members, or be the whole query: then nothing has its own name. */
function isScattered({ description }: RequestContext, { in: place, style, explode, schema }: Parameter): boolean {
  if (place === "querystring" || style === "deepObject") return true;
  const schemas = schema && explode && style === "form" ? schemasOf(description.document, schema) : [];
  return schemas.some(({ value }) => typesOf(value)?.includes("object"));
}

async function checkRequestBody(context: RequestContext, operation: Operation, sent: Sent): Promise<RequestFault[]> {
  const { requestBody } = operation;
  if (!requestBody || !sent.isWhole) return [];
  const type = sent.headers.get("content-type");
  if (sent.body.length === 0) {
    return requestBody.required
      ? [fault(operation, requestBody.place, "the body", "is required, but was not sent.")]
      : [];
  }
  const content = matchMediaType(requestBody.content, type ?? "");
  if (!content) {
    const expected = requestBody.content.map(({ mediaType }) => mediaType).join(", ");
    const received = type ?? "no media type";
    const detail = { location: "Content-Type", expected, received };
    return [{ ...fault(operation, requestBody.place, "the media type", "is not documented."), ...detail }];
  }
  const value = await readBody(context, content, type ?? "", sent.body);
  if (value === "broken") return [fault(operation, content.place, "the body", `is not ${type}.`)];
  return value === undefined || !content.schema ? [] : validate(context, operation, content.schema, value.value, "");
}

/** @returns `undefined` for a media type that is not taken apart. */
async function readBody(
  { description }: RequestContext,
  { schema }: Content,
  type: string,
  bytes: Uint8Array,
): Promise<{ value: unknown } | "broken" | undefined> {
  try {
    const text = () => new TextDecoder().decode(bytes);
    if (isJson(type)) return { value: JSON.parse(text()) };
    if (!schema || !/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type)) return undefined;
    const form = await new Response(Buffer.from(bytes), { headers: { "content-type": type } }).formData();
    const fields = [...form].map(([name, value]): [string, string] => [
      name,
      typeof value === "string" ? value : "file",
    ]);
    return { value: readFields(description.document, schema, fields) };
  } catch {
    return "broken";
  }
}

function validate(
  { description, validator }: RequestContext,
  operation: Operation,
  schema: Place<Schema>,
  value: unknown,
  name: string,
): RequestFault[] {
  const errors = validator.validate(schema.pointer, value, "request");
  const { operationId } = operation;
  const subject = { check: "request-accepted", operationId, schema, ...(name === "" ? {} : { name }) } as const;
  return schemaFindings(description, subject, errors).map(({ check: _, ...found }) => ({
    ...found,
    message: found.message.replace(/^The value/, name === "" ? `the body${placeIn(found.location)}` : name),
  }));
}

function placeIn(location = ""): string {
  return location === "" ? "" : ` at ${location}`;
}

function fault({ operationId }: Operation, place: Place, subject: string, what: string): RequestFault {
  return { operationId, pointer: place.pointer, evidence: place.evidence, message: `${subject} ${what}` };
}
