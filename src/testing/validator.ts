import type { Ajv2020, ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { createAjv } from "./ajv.js";
import { withoutInnerErrors } from "./alternatives.js";
import type { Description } from "./description.js";
import { type Direction, directed } from "./direction.js";
import { isObject, pointerSteps, pointerTo } from "./json.js";

/** One way in which a value breaks its schema. */
export interface SchemaError {
  /** The keyword that is broken, such as `required` or `maxLength`. */
  readonly keyword: string;
  /** A JSON pointer into the value. */
  readonly location: string;
  /** A JSON pointer into the description, to the keyword. */
  readonly pointer: string;
  /** What the keyword asks, in words. Never holds a part of the value. */
  readonly message: string;
  /** The part of the value that is wrong. */
  readonly value: unknown;
}

/** Checks values against the schemas of one description. */
export interface Validator {
  /**
   * @param pointer where the schema stands in the description, as in {@link Place.pointer}.
   * @param value the value to check.
   * @param direction which way it travels: properties that only the other way carries are not demanded.
   * @returns every error, or an empty list.
   */
  validate(pointer: string, value: unknown, direction: Direction): SchemaError[];
}

const validators = new WeakMap<object, Promise<Validator>>();

/**
 * The validator of a description. It holds the whole document, so that a schema is checked where it stands and its
 * references need no rewriting; schemas are compiled when they are first used, and once.
 *
 * @throws Error if Ajv is not installed.
 */
export function validatorOf(description: Description): Promise<Validator> {
  const known = validators.get(description.document);
  if (known) return known;
  const made = createAjv().then((ajv) => createValidator(ajv, description));
  validators.set(description.document, made);
  return made;
}

interface Side {
  readonly id: string;
  readonly pointers: Map<unknown, string>;
  readonly compiled: Map<string, ValidateFunction>;
}

function createValidator(ajv: Ajv2020, { document }: Description): Validator {
  const sides = new Map<Direction, Side>();
  const sideOf = (direction: Direction): Side => {
    const known = sides.get(direction);
    if (known) return known;
    const id = `description:${direction}`;
    const copy = directed(document, direction, id);
    ajv.addSchema(copy, id);
    const side = { id, pointers: pointersOf(copy), compiled: new Map<string, ValidateFunction>() };
    sides.set(direction, side);
    return side;
  };
  const compile = (side: Side, pointer: string): ValidateFunction => {
    const known = side.compiled.get(pointer);
    if (known) return known;
    const fragment = pointerTo("", ...pointerSteps(pointer))
      .split("/")
      .map(encodeURIComponent)
      .join("/");
    const validate = ajv.compile({ $ref: `${side.id}#${fragment}` });
    side.compiled.set(pointer, validate);
    return validate;
  };
  return {
    validate(pointer, value, direction) {
      const side = sideOf(direction);
      const run = (at: string, part: unknown): ErrorObject[] => {
        const validate = compile(side, at);
        return validate(part) ? [] : [...(validate.errors ?? [])];
      };
      const pointerOf = (error: ErrorObject) => side.pointers.get(error.parentSchema) ?? pointer;
      return withoutInnerErrors(run(pointer, value), pointerOf, run).map((error) =>
        schemaError(error, pointerOf(error)),
      );
    },
  };
}

function schemaError(error: ErrorObject, schema: string): SchemaError {
  return {
    keyword: error.keyword,
    location: error.instancePath,
    pointer: isObject(error.parentSchema) ? pointerTo(schema, error.keyword) : schema,
    message: wording(error),
    value: error.data,
  };
}

function wording({ keyword, message = "is not valid", params, schema }: ErrorObject): string {
  if (keyword === "enum" && Array.isArray(schema))
    return `must be one of ${schema.map((item) => JSON.stringify(item)).join(", ")}`;
  if (keyword === "const") return `must be ${JSON.stringify(schema)}`;
  if (keyword === "additionalProperties" || keyword === "unevaluatedProperties") {
    return `${message}, but has '${String(params.additionalProperty ?? params.unevaluatedProperty)}'`;
  }
  return message;
}

/** Ajv hands back the very object that holds a broken keyword, so its identity tells exactly where that stands. */
function pointersOf(document: unknown): Map<unknown, string> {
  const pointers = new Map<unknown, string>();
  const visit = (node: unknown, pointer: string): void => {
    if (typeof node !== "object" || node === null || pointers.has(node)) return;
    pointers.set(node, pointer);
    for (const [key, value] of Object.entries(node)) visit(value, pointerTo(pointer, key));
  };
  visit(document, "");
  return pointers;
}
