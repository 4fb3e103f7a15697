import { falsy, pattern, schema } from "@stoplight/spectral-functions";

/** The two operations that need no session. */
const open = ["/api/auth/status", "/api/auth/login"];

/** The one operation that never answers 401; the login does, to a wrong password. */
const neverUnauthorized = ["/api/auth/status"];

/** The one POST whose origin is not checked. */
const uncheckedOrigin = ["/api/auth/login"];

/** The operations that take a file, and so no JSON. */
const uploads = ["/api/upload", "/api/transcribe"];

/** The operations that answer parts of a file, or that it has not changed. */
const files = ["/api/file/raw", "/api/media"];

/** Fields that are on the wire in camelCase. */
const camelCased = ["_turnDuration", "_turnTps", "_firstTokenMs", "_usedModel"];

/** Schemas whose times the agent writes, as ISO 8601. */
const withIsoTimes = ["CronJob", "CronSchedule"];

/** @param {string[]} names @returns {string} a JSONPath filter for the keys with these names */
const named = (names) => `[?(@property.match(${oneOf(names)}))]`;

/** @param {string[]} names @returns {string} a JSONPath filter for all other keys */
const notNamed = (names) => `[?(!@property.match(${oneOf(names)}))]`;

/** @param {string[]} names */
const oneOf = (names) => `/^(${names.join("|").replaceAll("/", "\\/")})$/`;

/** @param {object} of a JSON Schema */
const fits = (of) => ({ function: schema, functionOptions: { schema: of } });

/**
 * Whether something is true of a schema: of itself, of every alternative that it has, or of a part of the whole.
 *
 * @param {any} of
 * @param {(schema: any) => boolean} test
 * @returns {boolean}
 */
const holds = (of, test) =>
  test(of) ||
  [of.oneOf, of.anyOf].some((forms) => forms?.every((/** @type {any} */ form) => holds(form, test))) ||
  Boolean(of.allOf?.some((/** @type {any} */ part) => holds(part, test)));

/**
 * Whether something is true of a schema, or of anything that it is made of.
 *
 * @param {any} of
 * @param {(schema: any) => boolean} test
 * @returns {boolean}
 */
const occurs = (of, test) =>
  test(of) || [of.oneOf, of.anyOf, of.allOf].some((all) => all?.some((/** @type {any} */ one) => occurs(one, test)));

/**
 * @param {string} what
 * @param {(target: any) => boolean} test
 */
const must = (what, test) => ({
  function: (/** @type {any} */ target) => (test(target) ? [] : [{ message: `must ${what}` }]),
});

/** @param {any} body */
const isObject = (body) => body.type === "object";

/** @param {any} time */
const isNumber = (time) => [time.type].flat().includes("number");

/** @param {any} body */
const requiresError = (body) => body.required?.includes("error") && body.properties?.error?.type === "string";

/** @param {any} event */
const namesEvent = (event) => event.required?.includes("event") && typeof event.properties?.event?.const === "string";

/** @param {any} event */
const hasId = (event) => event.properties?.id !== undefined;

/** @param {any} operation */
function hasIds(operation) {
  return Object.values(operation.responses ?? {}).some((response) => {
    const events = response.content?.["text/event-stream"]?.itemSchema;
    return events !== undefined && occurs(events, hasId);
  });
}

/** Hermes's conventions that span several files, and so can be read only in the resolved bundle. */
export default {
  rules: {
    "hermes-methods": {
      message: "Hermes reads with GET and changes with POST, deleting included. Use one of the two.",
      severity: "error",
      given: "$.paths[*][?(@property.match(/^(put|patch|delete|head|options|trace|query)$/))]",
      then: { function: falsy },
    },
    "hermes-named-lists": {
      message: "An answer is an object. Put the list under a name of its own, and give the schema `type: object`.",
      severity: "error",
      given: "$.paths[*][*].responses['200'].content['application/json'].schema",
      then: must("be an object", (body) => holds(body, isObject)),
    },
    "hermes-snake-case": {
      message:
        "`{{property}}` is not in snake_case, as Hermes's fields are. Correct the name; if it is so on the wire, add it to the exceptions in specs/rules/spectral/hermes.js.",
      severity: "error",
      // As written: with references resolved, what many operations share would be read again at each of them.
      resolved: false,
      given: ["$.components..properties[*]~", "$.paths..properties[*]~"],
      then: {
        function: pattern,
        functionOptions: { match: `^(_?[a-z][a-z0-9]*(_[a-z0-9]+)*|${camelCased.join("|")})$` },
      },
    },
    "hermes-times": {
      message:
        "`{{property}}` is a time, and outside of cron times are Unix time. Make it `type: number`; if it is so on the wire, list the schema in specs/rules/spectral/hermes.js.",
      severity: "error",
      resolved: false,
      given: [
        `$.components.schemas${notNamed(withIsoTimes)}..properties[?(@property.match(/_at$/))]`,
        "$.paths..properties[?(@property.match(/_at$/))]",
      ],
      then: must("be a number", isNumber),
    },
    "hermes-error-shape": {
      message: "An error requires `error`, a string. Refer to schemas/ErrorBody.yaml, or say so in every variant.",
      severity: "error",
      given: "$.paths[*][*].responses[?(@property.match(/^[45]/))].content['application/json'].schema",
      then: must("require `error`", (body) => holds(body, requiresError)),
    },
    "hermes-unauthorized": {
      message: "A server with a password asks for a session. Add a 401: responses/Unauthorized.yaml.",
      severity: "error",
      given: `$.paths${notNamed(neverUnauthorized)}[*].responses`,
      then: fits({ required: ["401"] }),
    },
    "hermes-origin-refused": {
      message: "The origin of every POST is checked. Add a 403: responses/OriginRefused.yaml.",
      severity: "error",
      given: `$.paths${notNamed(uncheckedOrigin)}.post.responses`,
      then: fits({ required: ["403"] }),
    },
    "hermes-body-limit": {
      message: "What takes a body can refuse one that is too large. Add a 413: responses/BodyTooLarge.yaml.",
      severity: "error",
      given: "$.paths[*][?(@.requestBody)].responses",
      then: fits({ required: ["413"] }),
    },
    "hermes-server-failures": {
      message:
        "Every operation can fail and be turned away. Add a 500 and a 503: responses/ServerFailed.yaml and responses/Overloaded.yaml.",
      severity: "error",
      given: "$.paths[*][*].responses",
      then: fits({ required: ["500", "503"] }),
    },
    "hermes-success": {
      message:
        "Success is 200; the bytes of files alone have 206 and 304 beside it. Describe what {{property}} says under 200, or as an error, or remove it.",
      severity: "error",
      given: [
        `$.paths${notNamed(files)}[*].responses[?(@property.match(/^[^45]/) && @property !== '200')]`,
        `$.paths${named(files)}[*].responses[?(@property.match(/^[^45]/) && !@property.match(/^(200|206|304)$/))]`,
      ],
      then: { function: falsy },
    },
    "hermes-open": {
      message: "This operation needs no session. Set `security` to an empty list.",
      severity: "error",
      given: `$.paths${named(open)}[*]`,
      then: fits({ required: ["security"], properties: { security: { type: "array", maxItems: 0 } } }),
    },
    "hermes-session-needed": {
      message: "This operation needs a session, as the root says. Leave `security` out.",
      severity: "error",
      given: `$.paths${notNamed(open)}[*].security`,
      then: { function: falsy },
    },
    "hermes-session-id": {
      message: "A session's id is an opaque string. Refer to parameters/SessionId.yaml, or make it `type: string`.",
      severity: "error",
      given: "$.paths[*][*].parameters[?(@.name === 'session_id' && @.in === 'query')].schema",
      then: fits({ required: ["type"], properties: { type: { const: "string" } } }),
    },
    "hermes-json-bodies": {
      message:
        "A body is an object in JSON. Describe it as `application/json` with `type: object`; if it is a file, add the path to the uploads in specs/rules/spectral/hermes.js.",
      severity: "error",
      given: `$.paths${notNamed(uploads)}[*].requestBody.content`,
      then: fits({
        required: ["application/json"],
        additionalProperties: false,
        properties: {
          "application/json": {
            required: ["schema"],
            properties: { schema: { required: ["type"], properties: { type: { const: "object" } } } },
          },
        },
      }),
    },
    "hermes-multipart-bodies": {
      message: "A file is uploaded as a form. Describe the body as `multipart/form-data`, and as nothing else.",
      severity: "error",
      given: `$.paths${named(uploads)}[*].requestBody.content`,
      then: fits({
        required: ["multipart/form-data"],
        additionalProperties: false,
        properties: { "multipart/form-data": {} },
      }),
    },
    "hermes-named-events": {
      message:
        "An event is known by its name. Give the stream an `itemSchema` in which every kind of event requires `event`, a `const`.",
      severity: "error",
      given: "$.paths[*][*].responses[*].content['text/event-stream']",
      then: must("name its events", ({ itemSchema }) => itemSchema !== undefined && holds(itemSchema, namesEvent)),
    },
    "hermes-resumption": {
      message:
        "This stream has ids, so it can be resumed. Say with `x-stream` which events end it and which parameter takes the last id.",
      severity: "error",
      given: "$.paths[*][*]",
      then: must("have `x-stream`", (operation) => !hasIds(operation) || operation["x-stream"] !== undefined),
    },
  },
};
