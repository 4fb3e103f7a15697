import type { Description } from "../description.js";
import type { Json } from "../json.js";
import type { Schema } from "../openapi.js";
import type { Operation } from "../operation.js";
import type { Place } from "../place.js";
import type { SchemaError, Validator } from "../validator.js";

/** What the making of the cases of one operation needs. */
export interface Context {
  readonly description: Description;
  readonly validator: Validator;
  readonly operation: Operation;
}

/** What is wrong with a value that is to be sent. */
export function errorsOf(context: Context, schema: Place<Schema>, value: Json): SchemaError[] {
  return context.validator.validate(schema.pointer, value, "request");
}
