import { valueAt } from "./pointer.js";

/**
 * What `x-pagination` refers to exists: its parameters on the operation, its pointers in the example of the answer.
 *
 * @type {import("@redocly/openapi-core").Oas3Rule}
 */
export const paginationResolves = () => ({
  Paths: {
    PathItem: {
      Operation(operation, { report, location, resolve }) {
        /** @type {{ "x-pagination"?: Record<string, string> }} */
        const { "x-pagination": pagination } = /** @type {object} */ (operation);
        if (!pagination) return;
        const at = location.child(["x-pagination"]);
        const parameters = (operation.parameters ?? []).map((parameter) => resolve(parameter).node?.name);
        for (const key of ["page", "limit"]) {
          if (parameters.includes(pagination[key] ?? "")) continue;
          report({
            message: `\`${key}\` names the parameter \`${pagination[key]}\`, which the operation does not have. Name one of: ${parameters.join(", ")}.`,
            location: at.child([key]),
          });
        }
        const response = operation.responses?.["200"];
        const answer = response && resolve(response).node?.content?.["application/json"];
        const [named] = Object.values(answer?.examples ?? {});
        const example = answer?.example ?? (named && resolve(named).node?.value);
        for (const key of ["items", "hasNext"]) {
          if (valueAt(example, pagination[key] ?? "") !== undefined) continue;
          report({
            message: `\`${key}\` points to ${pagination[key]}, which the example of the 200 answer does not have. Correct the pointer or the example.`,
            location: at.child([key]),
          });
        }
      },
    },
  },
});
