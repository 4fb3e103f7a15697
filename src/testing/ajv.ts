import type { Ajv2020, ErrorObject } from "ajv/dist/2020.js";
import { isObject } from "./json.js";

/**
 * Loads Ajv, which is an optional peer dependency, and makes an instance for JSON Schema 2020-12 as OpenAPI uses it:
 * its own vocabulary is let through, its formats are known, and `contentSchema` is checked.
 *
 * @throws Error with the command that installs what is missing.
 */
export async function createAjv(): Promise<Ajv2020> {
  const [{ Ajv2020: Ajv }, formats] = await load();
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, logger: false });
  formats.default.default(ajv);
  checkContent(ajv);
  return ajv;
}

async function load() {
  try {
    return await Promise.all([import("ajv/dist/2020.js"), import("ajv-formats")]);
  } catch (cause) {
    throw new Error("agent-apis/testing needs Ajv. Install it with: npm install --save-dev ajv ajv-formats", { cause });
  }
}

/**
 * JSON Schema leaves it to the application whether JSON inside a string is checked. Here it is, since the events of a
 * stream carry their payload that way.
 */
function checkContent(ajv: Ajv2020): void {
  ajv.removeKeyword("contentSchema");
  ajv.addKeyword({
    keyword: "contentSchema",
    type: "string",
    schemaType: ["object", "boolean"],
    errors: "full",
    compile(schema: unknown, parent) {
      const isJson = /^application\/(.+\+)?json\b/i.test(String(parent.contentMediaType ?? ""));
      // Compiled when first used: an event can hold events.
      let check: ReturnType<typeof ajv.compile> | undefined;
      const validate = (text: string, context?: { instancePath: string }): boolean => {
        if (!isJson || (!isObject(schema) && typeof schema !== "boolean")) return true;
        const at = context?.instancePath ?? "";
        const content = parsed(text);
        if (content === undefined) {
          validate.errors = [{ ...problem(at, parent), message: "must hold JSON" }];
          return false;
        }
        check ??= ajv.compile(schema);
        if (check(content.value)) return true;
        validate.errors = (check.errors ?? []).map((error) => ({ ...error, instancePath: at + error.instancePath }));
        return false;
      };
      validate.errors = [] as ErrorObject[];
      return validate;
    },
  });
}

function problem(instancePath: string, parentSchema: object): ErrorObject {
  return { keyword: "contentMediaType", instancePath, schemaPath: "#/contentMediaType", params: {}, parentSchema };
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
