/**
 * Every operation and every webhook says how it is known and from where, and nothing gives the one without the other.
 *
 * @type {import("@redocly/openapi-core").Oas3Rule}
 */
export const evidence = () => ({
  Operation(operation, { report, location }) {
    if ("x-evidence" in operation) return;
    report({
      message: `${operation.operationId ?? "This operation"} does not say how it is known. Add \`x-evidence\` (documented, observed or inferred) and \`x-source\`.`,
      location: location.child(["operationId"]).key(),
    });
  },
  any: {
    enter(node, { report, location }) {
      if (typeof node !== "object" || node === null) return;
      for (const [key, partner] of [
        ["x-evidence", "x-source"],
        ["x-source", "x-evidence"],
      ]) {
        if (!key || !partner || !(key in node) || partner in node) continue;
        report({
          message: `\`${key}\` stands without \`${partner}\`. Add it beside.`,
          location: location.child([key]).key(),
        });
      }
    },
  },
});
