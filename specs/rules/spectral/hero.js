import { pattern, schema } from "@stoplight/spectral-functions";

/** The operations that answer JSON without `data`; HERO's reference shows each of them so. */
const bare = ["/api/ai-agent", "/api/ai-agent/undo", "/api/mcp"];

/** The operations of whose answers it is not known whether `data` is around them. */
const unknown = ["/api/ai-agent/transform-text"];

/** The one operation whose 429 may be something else than an error. */
const gated = "/api/ai-agent";

/** Schemas whose `id` is not a resource's own: an envelope of JSON-RPC, and a change that refers to a resource. */
const withId = ["JsonRpcMessage", "EntityChange"];

/** The one body that HERO takes in snake_case. */
const snakeCased = ["ApiKeyCreateRequest"];

/** @param {string[]} names @returns {string} a JSONPath filter for the keys with these names */
const named = (names) => `[?(@property.match(${oneOf(names)}))]`;

/** @param {string[]} names @returns {string} a JSONPath filter for all other keys */
const notNamed = (names) => `[?(!@property.match(${oneOf(names)}))]`;

/** @param {string[]} names */
const oneOf = (names) => `/^(${names.join("|").replaceAll("/", "\\/")})$/`;

const json = ".content['application/json'].schema";
const success = `.responses[?(@property.match(/^2/))]${json}`;

/** @param {string[]} names a schema of schemas that require these properties and describe them */
const requiring = (...names) => ({
  type: "object",
  required: ["required", "properties"],
  properties: {
    required: { allOf: names.map((name) => ({ contains: { const: name } })) },
    properties: { required: names },
  },
});

/** @param {object} of */
const matches = (of) => ({ function: schema, functionOptions: { schema: of } });

/** HERO's conventions that span several files, and so can be read only in the resolved bundle. */
export default {
  rules: {
    "hero-api-prefix": {
      message: "{{property}} lacks the prefix of every path. Begin it with /api/.",
      severity: "error",
      given: "$.paths[*]~",
      then: { function: pattern, functionOptions: { match: "^/api/" } },
    },
    "hero-data-envelope": {
      message:
        "A successful answer has its payload in `data`, and nothing beside it. Wrap the body so; if the reference shows another body, add the path to the exceptions in specs/rules/spectral/hero.js.",
      severity: "error",
      given: `$.paths${notNamed([...bare, ...unknown])}[*]${success}`,
      then: matches({
        allOf: [
          requiring("data"),
          { properties: { properties: { additionalProperties: false, properties: { data: {} } } } },
        ],
      }),
    },
    "hero-bare-answers": {
      message:
        "This operation is listed as one that answers without `data`. Unwrap the body, or take the path off the list in specs/rules/spectral/hero.js.",
      severity: "error",
      given: `$.paths${named(bare)}[*]${success}`,
      then: matches({ properties: { properties: { not: { required: ["data"] } } } }),
    },
    "hero-error-shape": {
      message: "An unsuccessful answer has `error`, `message` and, at times, `details`. Refer to one of responses/.",
      severity: "error",
      given: [
        `$.paths${notNamed([gated])}[*].responses[?(@property.match(/^[45]/))]${json}`,
        `$.paths['${gated}'][*].responses[?(@property.match(/^[45]/) && @property !== '429')]${json}`,
      ],
      then: matches({
        allOf: [
          requiring("error", "message"),
          {
            properties: {
              properties: { additionalProperties: false, properties: { error: {}, message: {}, details: {} } },
            },
          },
        ],
      }),
    },
    "hero-plan-used-up": {
      message:
        "A 429 of the agent is an error or a conversation. Describe both, as a `oneOf` of `chatMessages` and of `error` with `message`.",
      severity: "error",
      given: `$.paths['${gated}'].post.responses['429']${json}`,
      then: matches({
        required: ["oneOf"],
        properties: {
          oneOf: { allOf: [{ contains: requiring("chatMessages") }, { contains: requiring("error", "message") }] },
        },
      }),
    },
    "hero-rate-limit-headers": {
      message:
        "Every response tells the rate limit. Add RateLimit-Limit, -Remaining and -Reset, by reference to headers/, where they are required.",
      severity: "error",
      given: "$.paths[*][*].responses[*]",
      then: {
        field: "headers",
        ...matches({
          required: ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"],
          patternProperties: { "^RateLimit-": { required: ["required"], properties: { required: { const: true } } } },
        }),
      },
    },
    "hero-retry-after": {
      message: "A 429 says how long to wait. Add the header Retry-After.",
      severity: "error",
      given: "$.paths[*][*].responses['429']",
      then: { field: "headers", ...matches({ required: ["Retry-After"] }) },
    },
    "hero-path-ids": {
      message:
        "An id in a path is a string of one character or more. Give it `minLength: 1`, and no `format`, since the vendor's samples are no UUIDs.",
      severity: "error",
      given: "$.paths[*][*].parameters[?(@.in === 'path')].schema",
      then: matches({
        required: ["type", "minLength"],
        properties: { type: { const: "string" }, minLength: { const: 1 }, format: false },
      }),
    },
    "hero-own-id": {
      message: "A resource of HERO has its id in `_id`. Rename `id`; if it is no resource's, list the schema.",
      severity: "error",
      given: `$.components.schemas${notNamed(withId)}.properties[*]~`,
      then: { function: pattern, functionOptions: { notMatch: "^id$" } },
    },
    "hero-camel-case": {
      message: "`{{property}}` is not in camelCase, as HERO's fields are. Correct the name.",
      severity: "error",
      given: `$.components.schemas${notNamed(snakeCased)}.properties[*]~`,
      then: { function: pattern, functionOptions: { match: "^_?[a-z][A-Za-z0-9]*$" } },
    },
    "hero-times": {
      message: "`{{property}}` is a time, and HERO's times are numbers. Make it `type: number`.",
      severity: "error",
      given: "$.components.schemas[*].properties[?(@property.match(/(At|^expires)$/))]",
      then: matches({
        required: ["type"],
        properties: { type: { anyOf: [{ const: "number" }, { type: "array", contains: { const: "number" } }] } },
      }),
    },
    "hero-streams": {
      message:
        "A stream is described by its events. Give it an `itemSchema` whose `data` says with `contentMediaType` and `contentSchema` what is in an event.",
      severity: "error",
      given: "$.paths[*][*].responses[*].content['text/event-stream']",
      then: matches({
        required: ["itemSchema"],
        properties: {
          schema: false,
          itemSchema: {
            required: ["required", "properties"],
            properties: {
              required: { contains: { const: "data" } },
              properties: {
                required: ["data"],
                properties: {
                  data: {
                    required: ["contentMediaType", "contentSchema"],
                    properties: { type: { const: "string" }, contentMediaType: { const: "application/json" } },
                  },
                },
              },
            },
          },
        },
      }),
    },
  },
};
