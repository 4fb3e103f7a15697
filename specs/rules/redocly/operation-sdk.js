/**
 * Every operation names its client method in `x-sdk`, and no two name the same one. Webhooks are received and not
 * called, so they have none.
 *
 * @type {import("@redocly/openapi-core").Oas3Rule}
 */
export const operationSdk = () => {
  /** @type {Map<string, string>} */
  const owners = new Map();
  return {
    Paths: {
      PathItem: {
        Operation(operation, { report, location }) {
          const name = operation.operationId ?? "This operation";
          /** @type {{ "x-sdk"?: string }} */
          const { "x-sdk": method } = /** @type {object} */ (operation);
          if (method === undefined) {
            report({
              message: `${name} has no \`x-sdk\`, so it would get no client method. Add one, such as \`x-sdk: memories.create\`.`,
              location: location.child(["operationId"]).key(),
            });
            return;
          }
          const owner = owners.get(method);
          if (owner) {
            report({
              message: `The client method \`${method}\` belongs to ${owner} already. Give ${name} another \`x-sdk\`.`,
              location: location.child(["x-sdk"]),
            });
          }
          owners.set(method, name);
        },
      },
    },
  };
};
