import { documentedResponse, withHeaders } from "./documented.js";
import { isObject } from "./json.js";
import { minimalFile } from "./minimal-files.js";
import type { PrismContent, PrismOperation } from "./prism-modules.js";
import type { Answer } from "./problems.js";

/** These are text in some form, which Prism can make up. */
const textual =
  /^text\/|[/+](json|xml|yaml)\s*(;|$)|^application\/(javascript|graphql|x-www-form-urlencoded|x-yaml|jsonl|json-seq|x-ndjson|ndjson)|^multipart\//i;

/**
 * Gives an answer of bytes that has no example a body: a small but valid file of the documented type. What a description
 * knows of such an answer is its media type only, and a file that cannot be opened would be of no use to an application.
 *
 * @param madeUp whether the answer was asked to be made up, so that an example does not count.
 */
export function withMadeBytes(answer: Answer, operation: PrismOperation, madeUp: boolean): Answer {
  const contents = documentedResponse(operation, answer.status)?.contents ?? [];
  const [, given] = Object.entries(answer.headers).find(([name]) => name.toLowerCase() === "content-type") ?? [];
  // To a client that accepts everything Prism says that anything at all is text/plain.
  const content = contents.find(({ mediaType }) => mediaType === given) ?? contents.find(isAnything);
  if (!content) return answer;
  const hasExample = (content.examples?.length ?? 0) > 0 && !madeUp;
  if (hasExample || !isBytes(content)) {
    return isAnything(content) ? withHeaders(answer, { "content-type": "application/octet-stream" }) : answer;
  }
  const { mediaType, bytes } = minimalFile(content.mediaType);
  return { ...withHeaders(answer, { "content-type": mediaType }), body: bytes };
}

function isAnything({ mediaType }: PrismContent): boolean {
  return mediaType === "*/*";
}

/** As `specs/README.md` has it: bytes have a schema without a type, or none. */
function isBytes({ mediaType, schema }: PrismContent): boolean {
  if (textual.test(mediaType)) return false;
  return !isObject(schema) || schema.type === undefined || schema.format === "binary";
}
