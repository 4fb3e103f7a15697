import type { Oas3Decorator } from "@redocly/openapi-core";
import type { MediaType } from "../openapi.js";

/**
 * Carries what OpenAPI 3.2 says of a stream's items (`itemSchema`) over to `schema`, for tools that do not read it.
 *
 * @see https://spec.openapis.org/oas/v3.2.0.html#media-type-object
 */
export const streamItems: Oas3Decorator = () => ({
  MediaType: {
    leave(node: object) {
      const mediaType = node as MediaType;
      if (!mediaType.itemSchema) return;
      mediaType.schema ??= mediaType.itemSchema;
      delete mediaType.itemSchema;
    },
  },
});
