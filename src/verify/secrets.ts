import type { Description, Operation } from "../testing/index.js";
import { isObject } from "../testing/json.js";
import { matchMediaType } from "../testing/media-type.js";
import type { SchemaObject } from "../testing/openapi.js";
import { describedResponse } from "../testing/operation.js";
import type { Place } from "../testing/place.js";
import { partSchemas, schemasOf } from "../testing/schema-walk.js";
import { type Exchange, jsonOf } from "./exchange.js";
import type { Observation } from "./finding.js";
import type { Redaction } from "./redaction.js";

/** A shorter value could be anything. */
const SHORTEST = 12;

/** A secret that a server has shown. */
interface Shown {
  readonly operationId: string;
  readonly place: Place;
}

/**
 * Remembers the secrets that answers hold: none of them is ever printed, and one that is shown once (`x-sensitive` and
 * `readOnly`) must not come again in the answer of another operation.
 */
export class Secrets {
  readonly #once = new Map<string, Shown>();

  constructor(
    private readonly description: Description,
    private readonly redaction: Redaction,
  ) {}

  /** Remembers the secrets of an answer. */
  collect(operation: Operation, exchange: Exchange): void {
    for (const { value, place, once } of this.#secretsIn(operation, exchange)) {
      this.redaction.add(value);
      if (once && value.length >= SHORTEST && !this.#once.has(value)) {
        this.#once.set(value, { operationId: operation.operationId, place });
      }
    }
  }

  /** The secrets in an answer that another operation has shown, before or after. */
  seenAgain(operation: Operation, exchange: Exchange): Observation[] {
    const { answer } = exchange;
    if (!answer || this.#once.size === 0) return [];
    const documented = this.#secretsIn(operation, exchange).map(({ value }) => JSON.stringify(value).slice(1, -1));
    // Where the description itself says that a secret stands, it may stand again.
    let text = new TextDecoder().decode(answer.body);
    for (const value of documented) if (value !== "") text = text.replaceAll(value, "");
    return [...this.#once].flatMap(([value, shown]) => {
      if (shown.operationId === operation.operationId || !text.includes(value)) return [];
      const { pointer, evidence } = shown.place;
      const message = `A secret that ${shown.operationId} shows once came again.`;
      return [
        { check: "secret-returned-again", operationId: operation.operationId, pointer, evidence, message } as const,
      ];
    });
  }

  #secretsIn(operation: Operation, exchange: Exchange): { value: string; place: Place; once: boolean }[] {
    const { answer } = exchange;
    if (!answer) return [];
    const type = answer.headers.get("content-type") ?? "";
    const content = matchMediaType(describedResponse(operation, answer.status)?.content ?? [], type);
    const schema = answer.events ? content?.itemSchema : content?.schema;
    if (!schema) return [];
    const { document } = this.description;
    const found: { value: string; place: Place; once: boolean }[] = [];
    const visit = (schemas: readonly Place<SchemaObject>[], value: unknown, depth: number): void => {
      if (typeof value === "string") {
        const place = schemas.find((one) => one.sensitive);
        if (place) found.push({ value, place, once: schemas.some((one) => one.value.readOnly === true) });
        return;
      }
      if (depth > 30 || (!Array.isArray(value) && !isObject(value))) return;
      const steps: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
      for (const [step, part] of steps) {
        visit(
          partSchemas(schemas, step).flatMap((one) => schemasOf(document, one)),
          part,
          depth + 1,
        );
      }
    };
    for (const value of answer.events ?? [jsonOf(exchange)]) visit(schemasOf(document, schema), value, 0);
    return found;
  }
}
