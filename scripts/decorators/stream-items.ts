import type { Oas3Decorator } from "@redocly/openapi-core";
import type { MediaType, Reference, Schema } from "../openapi.js";
import { decodedItem, listStreamEvents } from "../streams.js";

/**
 * Gives every stream a `schema`: what one of its events is to a client. Tools that do not read OpenAPI 3.2's
 * `itemSchema` would know nothing of the stream otherwise.
 *
 * @see https://spec.openapis.org/oas/v3.2.0.html#media-type-object
 */
export const streamItems: Oas3Decorator = () => ({
  MediaType: {
    leave(node, { resolve }) {
      const mediaType = node as unknown as MediaType;
      if (!mediaType.itemSchema) return;
      const look = (schema: Schema | Reference) => resolve<Schema>(schema as Schema).node ?? {};
      mediaType.schema ??= decodedItem(listStreamEvents(mediaType.itemSchema, look));
    },
  },
});
