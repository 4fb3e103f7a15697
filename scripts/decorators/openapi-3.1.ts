import type { Oas3Decorator } from "@redocly/openapi-core";

/**
 * Turns an OpenAPI 3.2 document into a 3.1 one: what 3.2 added is taken out or said in 3.1's words. What 3.1 has no
 * words for stops the build, since leaving it out would describe another API.
 *
 * @see https://spec.openapis.org/oas/v3.2.0.html
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
export const openapi31: Oas3Decorator = () => ({
  Root: {
    leave: edit((root) => {
      root.openapi = "3.1.1";
      drop(root, "$self");
    }),
  },
  Server: { leave: edit((server) => drop(server, "name")) },
  Tag: { leave: edit((tag) => drop(tag, "summary", "parent", "kind")) },
  PathItem: {
    leave: edit((item) => {
      if (item.query || item.additionalOperations) throw inexpressible("a method besides those of OpenAPI 3.1");
    }),
  },
  Parameter: {
    leave: edit((parameter) => {
      if (parameter.in === "querystring") throw inexpressible("`in: querystring`");
      if (parameter.style === "cookie") throw inexpressible("`style: cookie`");
    }),
  },
  Response: {
    leave: edit((response) => {
      response.description ??= response.summary ?? "";
      drop(response, "summary");
    }),
  },
  MediaType: {
    leave: edit((mediaType) => {
      if (mediaType.prefixEncoding || mediaType.itemEncoding) throw inexpressible("an encoding by position");
      // An example of a stream is the whole stream as text, which no schema of one item describes.
      if (mediaType.itemSchema) drop(mediaType, "itemSchema", "example", "examples");
    }),
  },
  Example: {
    leave: edit((example) => {
      if (example.dataValue !== undefined) example.value ??= example.dataValue;
      if (example.serializedValue !== undefined) example.value ??= example.serializedValue;
      drop(example, "dataValue", "serializedValue");
    }),
  },
  Discriminator: { leave: edit((discriminator) => drop(discriminator, "defaultMapping")) },
  SecurityScheme: { leave: edit((scheme) => drop(scheme, "deprecated", "oauth2MetadataUrl")) },
  OAuth2Flows: {
    leave: edit((flows) => {
      if (flows.deviceAuthorization) throw inexpressible("the device authorization flow");
    }),
  },
});

type Node = Record<string, unknown>;

/** A visitor that may change the node, whatever Redocly's type for it is. */
function edit(change: (node: Node) => void): (node: object) => void {
  return (node) => change(node as Node);
}

function drop(node: Node, ...keys: readonly string[]): void {
  for (const key of keys) delete node[key];
}

function inexpressible(what: string): Error {
  return new Error(`OpenAPI 3.1 cannot express ${what}, so openapi-3.1.yaml cannot be made.`);
}
