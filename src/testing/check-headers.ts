import type { Description } from "./description.js";
import { type Finding, finding } from "./finding.js";
import { isJson } from "./media-type.js";
import type { DescribedResponse, Operation, Value } from "./operation.js";
import { schemaFindings } from "./schema-findings.js";
import { readSimple } from "./text-value.js";
import type { Validator } from "./validator.js";

/** What every check of a response needs. */
export interface CheckContext {
  readonly description: Description;
  readonly validator: Validator;
  readonly operation: Operation;
}

/** Checks that required headers are there, and that those that are there fit their schema. */
export function checkHeaders(context: CheckContext, described: DescribedResponse, headers: Headers): Finding[] {
  return described.headers.flatMap((header) => {
    const values = valuesOf(headers, header.name);
    if (values.length > 0) return values.flatMap((text) => checkValue(context, header, text));
    if (!header.required) return [];
    const message = `The header ${header.name} is required on status ${described.status}.`;
    return finding("response-header-missing", context.operation.operationId, header.place, message, {
      location: header.name,
    });
  });
}

function checkValue({ description, validator, operation }: CheckContext, header: Value, text: string): Finding[] {
  if (!header.schema) return [];
  const value = parse(description, header, header.schema, text);
  const errors = validator.validate(header.schema.pointer, value, "response");
  const subject = {
    check: "response-header",
    operationId: operation.operationId,
    schema: header.schema,
    name: header.name,
  } as const;
  return schemaFindings(description, subject, errors);
}

function parse(description: Description, header: Value, schema: NonNullable<Value["schema"]>, text: string): unknown {
  if (header.content === undefined) return readSimple(description.document, schema, text, header.explode);
  if (!isJson(header.content.mediaType)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Set-Cookie is the one header that must not be joined with commas (RFC 9110 section 5.3). */
function valuesOf(headers: Headers, name: string): string[] {
  if (name.toLowerCase() === "set-cookie") return headers.getSetCookie();
  const value = headers.get(name);
  return value === null ? [] : [value];
}
