import { checkEventAt } from "./check-event.js";
import type { CheckContext } from "./check-headers.js";
import { type Finding, finding } from "./finding.js";
import { isJson, isText, matchMediaType } from "./media-type.js";
import type { Content, DescribedResponse } from "./operation.js";
import type { ReadBody, ReadResponse } from "./received.js";
import { schemaFindings } from "./schema-findings.js";
import { splitSequence } from "./sequence.js";

/** Checks that a body is there when it should be, that its media type is documented, and that it fits the schema. */
export function checkBody(context: CheckContext, described: DescribedResponse, got: ReadResponse): Finding[] {
  const { operationId } = context.operation;
  const size = sizeOf(got.body);
  if (described.content.length === 0) {
    if (size === 0) return [];
    const message = `Status ${described.status} is described without a body, but ${size} bytes came.`;
    return [finding("response-body-unexpected", operationId, described.place, message)];
  }
  const mediaType = got.headers.get("content-type");
  const documented = described.content.map((content) => content.mediaType).join(", ");
  if (mediaType === null) {
    const check = size === 0 ? "response-body-missing" : "response-media-type";
    const message = size === 0 ? "The body is empty." : "The body came without a media type.";
    return [finding(check, operationId, described.place, message, { expected: documented })];
  }
  const content = matchMediaType(described.content, mediaType);
  if (!content) {
    const detail = { location: "Content-Type", expected: documented, received: mediaType };
    return [finding("response-media-type", operationId, described.place, "The media type is not documented.", detail)];
  }
  return checkContent(context, content, mediaType, got.body);
}

function checkContent(context: CheckContext, content: Content, mediaType: string, body: ReadBody): Finding[] {
  if (body.kind === "parsed") return checkValue(context, content, body.value);
  const broken = (check: "response-body-missing" | "response-body-syntax", message: string) => [
    finding(check, context.operation.operationId, content.place, message, { location: "" }),
  ];
  if (content.itemSchema) {
    const items = splitSequence(mediaType, new TextDecoder().decode(body.bytes));
    // A media type whose framing nobody knows cannot be taken apart, so its items stay unchecked.
    if (items === undefined) return [];
    return items.flatMap((item) => checkEventAt(context, content, item));
  }
  if (isJson(mediaType)) {
    if (body.bytes.length === 0) return broken("response-body-missing", "The body is empty.");
    const parsed = parseJson(body.bytes);
    // The parser's own message quotes the text, which can hold secrets.
    if (!parsed) return broken("response-body-syntax", `The body of ${body.bytes.length} bytes is not JSON.`);
    return checkValue(context, content, parsed.value);
  }
  return isText(mediaType) ? checkValue(context, content, new TextDecoder().decode(body.bytes)) : [];
}

function checkValue({ description, validator, operation }: CheckContext, content: Content, value: unknown): Finding[] {
  if (!content.schema) return [];
  const errors = validator.validate(content.schema.pointer, value, "response");
  const subject = { check: "response-body", operationId: operation.operationId, schema: content.schema } as const;
  return schemaFindings(description, subject, errors);
}

function parseJson(bytes: Uint8Array): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) };
  } catch {
    return undefined;
  }
}

function sizeOf(body: ReadBody): number {
  return body.kind === "bytes" ? body.bytes.length : JSON.stringify(body.value).length;
}
