import { casing, schema } from "@stoplight/spectral-functions";

const securityHeaders = [
  "X-Content-Type-Options",
  "X-Frame-Options",
  "Referrer-Policy",
  "Permissions-Policy",
  "Strict-Transport-Security",
];

/** Documents whose fields another specification names. */
const foreign = ["LinkContext", "ProtectedResourceMetadata"];

/** @param {object} wanted a JSON Schema */
const fits = (wanted) => ({ function: schema, functionOptions: { schema: wanted } });

/**
 * Where a credential is needed, it is this one. An operation without `security` takes the API key, as the root says.
 *
 * @param {string} scheme
 */
const asksFor = (scheme) =>
  fits({
    ...(scheme === "apiKey" ? {} : { required: ["security"] }),
    properties: { security: { type: "array", minItems: 1, maxItems: 1, items: { required: [scheme] } } },
  });

/**
 * The bodies of an operation whose schema is inferred, by its own word or by that of what encloses it, and nevertheless
 * requires fields.
 *
 * @param {any} operation
 * @param {unknown} _options
 * @param {{ path: (string | number)[] }} context
 */
function requiredWhereInferred(operation, _options, context) {
  const holders = [
    { at: ["requestBody"], holder: operation.requestBody },
    ...Object.entries(operation.responses ?? {}).map(([status, holder]) => ({ at: ["responses", status], holder })),
  ];
  return holders.flatMap(({ at, holder }) =>
    Object.entries(holder?.content ?? {}).flatMap(([mediaType, media]) => {
      const evidence = [media.schema, media, holder, operation].map((part) => part?.["x-evidence"]).find(Boolean);
      if (evidence !== "inferred" || !media.schema?.required?.length) return [];
      const path = [...context.path, ...at, "content", mediaType, "schema", "required"];
      return [{ message: `requires ${media.schema.required.join(", ")}`, path }];
    }),
  );
}

/** HeyCMO's conventions that span several files, and so can be read only in the resolved bundle. */
export default {
  rules: {
    "heycmo-error-shape": {
      message:
        "An error has `error`, and may have `code` and `requestId`; it requires the first only. Refer to schemas/ErrorBody.yaml.",
      severity: "error",
      given:
        "$.paths[*][*].responses[?(@property.match(/^[45]/) && @property !== '503')].content['application/json'].schema",
      then: fits({
        required: ["required", "properties"],
        properties: {
          required: { const: ["error"] },
          properties: { required: ["error", "code", "requestId"] },
        },
      }),
    },
    "heycmo-readiness-body": {
      message: "A 503 tells the readiness in `status`, `db` and `timestamp`. Refer to schemas/NotReadyStatus.yaml.",
      severity: "error",
      given: "$.paths[*][*].responses['503'].content['application/json'].schema",
      then: fits({
        required: ["properties"],
        properties: { properties: { required: ["status", "db", "timestamp"] } },
      }),
    },
    "heycmo-request-id": {
      message: "Errors, and all answers of REST and MCP, have the id of their request. Add the header X-Request-ID.",
      severity: "error",
      given: [
        "$.paths[?(@property.match(/^\\/(api|mcp)\\//))][*].responses[*]",
        "$.paths[*][*].responses[?(@property.match(/^[45]/))]",
      ],
      then: { field: "headers", ...fits({ required: ["X-Request-ID"] }) },
    },
    "heycmo-security-headers": {
      message: `Every response has the five security headers. Add what is missing of ${securityHeaders.join(", ")}.`,
      severity: "error",
      given: "$.paths[*][*].responses[*]",
      then: { field: "headers", ...fits({ required: securityHeaders }) },
    },
    "heycmo-rate-limited": {
      message: "Every operation is limited. Add a 429: responses/RateLimited.yaml, or PageRateLimited.yaml for a page.",
      severity: "error",
      given: "$.paths[*][*].responses",
      then: fits({ required: ["429"] }),
    },
    "heycmo-retry-after": {
      message: "A 429 says how long to wait. Add the header Retry-After.",
      severity: "error",
      given: "$.paths[*][*].responses['429']",
      then: { field: "headers", ...fits({ required: ["Retry-After"] }) },
    },
    "heycmo-body-limit": {
      message: "What takes a body can refuse one that is too large. Add a 413: responses/BodyTooLarge.yaml.",
      severity: "error",
      given: "$.paths[*][?(@.requestBody)].responses",
      then: fits({ required: ["413"] }),
    },
    "heycmo-customer-key": {
      message: "What concerns one customer needs the API key. Leave `security` out, or name `apiKey` alone.",
      severity: "error",
      given: "$.paths[?(@property.match(/\\{customerId\\}/))][*]",
      then: asksFor("apiKey"),
    },
    "heycmo-mcp-token": {
      message: "MCP takes the key from the query. Set `security` to `mcpToken` alone.",
      severity: "error",
      given: "$.paths[?(@property.match(/^\\/mcp\\//))][*]",
      then: asksFor("mcpToken"),
    },
    "heycmo-admin-key": {
      message: "Administration needs a credential of its own. Set `security` to `adminKey` alone.",
      severity: "error",
      given: "$.paths[?(@property.match(/^\\/api\\/admin\\//))][*]",
      then: asksFor("adminKey"),
    },
    "heycmo-customer-id": {
      message: "A customer's id is a UUID. Refer to parameters/CustomerId.yaml.",
      severity: "error",
      given: "$.paths[*][*].parameters[?(@.name === 'customerId')].schema",
      then: { field: "format", ...fits({ const: "uuid" }) },
    },
    "heycmo-key-once": {
      message: "A key is answered once and is a secret. Mark `apiKey` with `readOnly: true` and `x-sensitive: true`.",
      severity: "error",
      given: "$.components.schemas[*].properties.apiKey",
      then: fits({
        required: ["readOnly", "x-sensitive"],
        properties: { readOnly: { const: true }, "x-sensitive": { const: true } },
      }),
    },
    "heycmo-camel-case": {
      message: "`{{property}}` is not in camelCase, as HeyCMO's fields are. Correct the name.",
      severity: "error",
      given: `$.components.schemas[?(!${JSON.stringify(foreign)}.includes(@property))].properties[*]~`,
      then: { function: casing, functionOptions: { type: "camel" } },
    },
    "heycmo-inferred-body": {
      message: "Nobody documented this body, but it {{error}}. Remove `required`, or say how the body is known.",
      severity: "error",
      given: "$.paths[*][*]",
      then: { function: requiredWhereInferred },
    },
  },
};
