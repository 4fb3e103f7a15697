import { casing, schema } from "@stoplight/spectral-functions";

/** The codes that HeroBrain documents for each status of an unsuccessful answer. */
const codesByStatus = {
  400: ["VALIDATION_ERROR"],
  401: ["AUTH_REQUIRED", "AUTH_INVALID"],
  402: ["INSUFFICIENT_QUOTA"],
  403: ["TENANT_MISMATCH"],
  404: ["RESOURCE_NOT_FOUND"],
  409: ["DUPLICATE_RESOURCE"],
  429: ["RATE_LIMIT_EXCEEDED"],
  500: ["DATABASE_ERROR"],
  502: ["EXTERNAL_SERVICE_ERROR"],
};

/** @param {string} status */
const body = (status) => `$.paths[*][*].responses[?(@property.match(/^${status}/))].content['application/json'].schema`;

/** @param {string[]} names */
const requires = (...names) => ({
  function: schema,
  functionOptions: {
    schema: {
      type: "object",
      required: ["required", "properties"],
      properties: {
        required: { allOf: names.map((name) => ({ contains: { const: name } })) },
        properties: { required: names },
      },
    },
  },
});

/** HeroBrain's conventions that span several files, and so can be read only in the resolved bundle. */
export default {
  rules: {
    "herobrain-success-envelope": {
      message: "A successful answer has `success` and `metadata` (and its payload in `data`). Wrap the body so.",
      severity: "error",
      given:
        "$.paths[?(@property.match(/^\\/api\\//))][*].responses[?(@property.match(/^2/))].content['application/json'].schema",
      then: requires("success", "metadata"),
    },
    "herobrain-error-envelope": {
      message: "An unsuccessful answer has `success` and `errors`. Refer to one of the files in responses/.",
      severity: "error",
      given: body("[45]"),
      then: requires("success", "errors"),
    },
    ...Object.fromEntries(
      Object.entries(codesByStatus).map(([status, codes]) => [
        `herobrain-${status}-codes`,
        {
          message: `A ${status} answers ${codes.join(" or ")}, and no other code. Correct the code, or the status.`,
          severity: "error",
          given: `${body(status)}.properties.errors.items.properties.code`,
          then: {
            function: schema,
            functionOptions: {
              schema:
                codes.length === 1
                  ? { properties: { const: { const: codes[0] } }, required: ["const"] }
                  : { properties: { enum: { const: codes } }, required: ["enum"] },
            },
          },
        },
      ]),
    ),
    "herobrain-rate-limit-headers": {
      message: "Every response tells the rate limit. Add X-RateLimit-Limit, -Remaining and -Reset.",
      severity: "error",
      given: "$.paths[*][*].responses[*]",
      then: {
        field: "headers",
        function: schema,
        functionOptions: {
          schema: { required: ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"] },
        },
      },
    },
    "herobrain-retry-after": {
      message: "A 429 says how long to wait. Add the header X-RateLimit-Retry-After.",
      severity: "error",
      given: "$.paths[*][*].responses['429']",
      then: {
        field: "headers",
        function: schema,
        functionOptions: { schema: { required: ["X-RateLimit-Retry-After"] } },
      },
    },
    "herobrain-camel-case": {
      message: "`{{property}}` is not in camelCase, as HeroBrain's fields are. Correct the name.",
      severity: "error",
      given: "$.components.schemas[?(@property !== 'ResponseMetadata')].properties[*]~",
      then: { function: casing, functionOptions: { type: "camel" } },
    },
    "herobrain-tenant-default": {
      message: "`tenantId` takes its value from the constructor. Add `x-client-default: tenantId`.",
      severity: "error",
      given: [
        "$.paths[*][*].parameters[?(@.name === 'tenantId')]",
        "$.paths[*][*].requestBody.content.*.schema.properties.tenantId",
      ],
      then: { field: "x-client-default", function: schema, functionOptions: { schema: { const: "tenantId" } } },
    },
  },
};
