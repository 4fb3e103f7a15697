import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";

/** @typedef {import("@redocly/openapi-core").Oas3Rule} Oas3Rule */

/** @type {Record<string, { on: string[], value: object }>} */
const extensions = parse(readFileSync(new URL("../extensions.yaml", import.meta.url), "utf8"));
const known = Object.keys(extensions);
const ajv = new Ajv2020();
addFormats.default(ajv);
const validators = new Map(known.map((key) => [key, ajv.compile(extensions[key]?.value ?? {})]));

/**
 * Every x- key is one that extensions.yaml lists, stands where it may, and has a value of the right form. A misspelt
 * extension would otherwise be passed over in silence.
 *
 * @type {Oas3Rule}
 */
export const knownExtensions = () => ({
  any: {
    enter(node, { report, location, type }) {
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
        const validate = validators.get(key);
        if (validate && !validate(node[key])) {
          report({
            message: `\`${key}\` ${ajv.errorsText(validate.errors, { dataVar: "" }).trim()}. specs/README.md shows its form.`,
            location: at,
          });
        }
      }
    },
  },
});

/**
 * @param {string} a
 * @param {string} b
 */
function sharesMostLetters(a, b) {
  const common = [...new Set(a)].filter((letter) => b.includes(letter)).length;
  return common / new Set(a + b).size > 0.7;
}
