import { sep } from "node:path";

/**
 * A file in schemas/ is named as its component, in PascalCase, because bundling names the component after the file and
 * the client names the type after the component.
 *
 * @type {import("@redocly/openapi-core").Oas3Rule}
 */
export const componentFile = () => ({
  Schema(_schema, { report, location }) {
    if (location.pointer !== "#/") return;
    const file = location.source.absoluteRef.split(sep).join("/");
    const name = /\/schemas\/(.+)\.yaml$/.exec(file)?.[1];
    if (!name || /^[A-Z][A-Za-z0-9]*$/.test(name)) return;
    report({
      message: `schemas/${name}.yaml is not named as a component. Use a noun in PascalCase, such as Memory.yaml.`,
    });
  },
});
