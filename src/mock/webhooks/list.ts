import { isObject, type JsonObject, objectOf } from "../json.js";
import { resolve } from "../resolve.js";
import { causeOf } from "./cause.js";

/** A webhook of an API, as its description has it. */
export interface Webhook {
  /** Its key in the description, which is the name of its event. */
  event: string;
  /** What is sent: the example of its body. */
  example: unknown;
  /** The operation after which it is sent, if one obviously causes it. */
  cause?: string;
}

/**
 * Lists the webhooks of a description.
 *
 * @param operationIds the operations that may cause them.
 */
export function listWebhooks(description: object, operationIds: readonly string[]): Webhook[] {
  const root = description as JsonObject;
  return Object.entries(objectOf(root.webhooks)).flatMap(([event, item]) => {
    const { post } = resolve(root, item);
    if (!isObject(post)) return [];
    const { content } = resolve(root, post.requestBody);
    const cause = causeOf(event, operationIds);
    return { event, example: exampleOf(root, objectOf(content)), ...(cause === undefined ? {} : { cause }) };
  });
}

function exampleOf(root: JsonObject, content: JsonObject): unknown {
  const media = objectOf(content["application/json"] ?? Object.values(content)[0]);
  const [named] = Object.values(objectOf(media.examples)).map((example) => resolve(root, example));
  return media.example ?? named?.value ?? named?.dataValue ?? {};
}
