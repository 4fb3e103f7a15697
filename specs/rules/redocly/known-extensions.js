import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";

/** @typedef {import("@redocly/openapi-core").Oas3Rule} Oas3Rule */

/** @type {Record<string, { on: string[], value?: object, values?: Record<string, object> }>} */
const extensions = parse(readFileSync(new URL("../extensions.yaml", import.meta.url), "utf8"));
const known = Object.keys(extensions);
const ajv = new Ajv2020();
addFormats.default(ajv);
const validators = new Map(
  Object.entries(extensions).flatMap(([key, { on, value = {}, values = {} }]) =>
    on.map((type) => [`${type} ${key}`, ajv.compile(values[type] ?? value)]),
  ),
);

/**
 * Every x- key is one that extensions.yaml lists, stands where it may, and has a value of the right form. A misspelt
 * extension would otherwise be passed over in silence.
 *
 * @type {Oas3Rule}
 */
export const knownExtensions = () => ({
  any: {
    enter(node, { report, location, type, resolve }) {
      if (typeof node !== "object" || node === null) return;
      for (const key of Object.keys(node)) {
        if (!key.startsWith("x-")) continue;
        const extension = extensions[key];
        const at = location.child([key]);
        if (!extension) {
          report({
            message: `\`${key}\` is not an extension of this project. Use one of those in specs/rules/extensions.yaml, or add it there.`,
            location: at.key(),
            suggest: known.filter((name) => sharesMostLetters(name, key)),
          });
          continue;
        }
        if (!extension.on.includes(type.name)) {
          report({
            message: `\`${key}\` has no meaning on a ${type.name}. Move it to: ${extension.on.join(", ")}.`,
            location: at.key(),
          });
          continue;
        }
        const validate = validators.get(`${type.name} ${key}`);
        if (validate && !validate(withReferred(node[key], resolve))) {
          report({
            message: `\`${key}\` ${explain(validate.errors ?? [])}. specs/README.md shows its form.`,
            location: at,
          });
        }
      }
    },
  },
});

/**
 * An extension's value with what its members refer to: the bundler follows references so far and no further.
 *
 * @param {any} value
 * @param {any} resolve
 */
function withReferred(value, resolve) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [name, member?.$ref ? resolve(member).node : member]);
  return Object.fromEntries(members);
}

/** @param {import("ajv").ErrorObject[]} errors */
function explain(errors) {
  const told = errors.map(({ instancePath, message, params }) => {
    const name = params.additionalProperty ?? params.propertyName;
    const values = params.allowedValues?.join(", ");
    return `${instancePath} ${message}${name === undefined ? "" : ` such as \`${name}\``}${values === undefined ? "" : `: ${values}`}`;
  });
  return [...new Set(told)].join(", ").trim();
}

/**
 * @param {string} a
 * @param {string} b
 */
function sharesMostLetters(a, b) {
  const common = [...new Set(a)].filter((letter) => b.includes(letter)).length;
  return common / new Set(a + b).size > 0.7;
}
