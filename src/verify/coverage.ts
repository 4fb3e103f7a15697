import type { Case, Description, Operation } from "../testing/index.js";
import { isObject } from "../testing/json.js";
import { matchMediaType } from "../testing/media-type.js";
import type { Schema, SchemaObject } from "../testing/openapi.js";
import { describedResponse } from "../testing/operation.js";
import { below, type Place } from "../testing/place.js";
import { partSchemas, schemasOf } from "../testing/schema-walk.js";
import type { Answer } from "./exchange.js";

/** How many of some parts of a description were seen. */
export interface Share {
  readonly seen: number;
  readonly total: number;
}

/** How much of a description a run has touched. */
export interface CoverageSummary {
  /** Operations that answered. */
  readonly operations: Share;
  /** Parameters that were sent. */
  readonly parameters: Share;
  /** Properties that stood in a successful answer. */
  readonly properties: Share;
  /** Documented statuses that came. */
  readonly statuses: Share;
}

/** Counts which parts of a description were touched. */
export class Coverage {
  readonly #operations = new Set<string>();
  readonly #parameters = new Set<string>();
  readonly #properties = new Set<string>();
  readonly #statuses = new Set<string>();

  constructor(private readonly description: Description) {}

  /** Notes the parameters of a case that was sent. */
  sent(operation: Operation, made: Case): void {
    const names = new Set(
      [...made.query, ...made.cookies].map(({ name }) => decodeURIComponent(name).replace(/\[.*$/, "")),
    );
    for (const { in: place, name } of operation.parameters) {
      const there = place === "path" || names.has(name) || Object.hasOwn(made.headers, name);
      if (there) this.#parameters.add(`${operation.operationId} ${place} ${name}`);
    }
  }

  /** Notes the status and the properties of an answer. */
  answered(operation: Operation, answer: Answer): void {
    const { operationId } = operation;
    this.#operations.add(operationId);
    const described = describedResponse(operation, answer.status);
    if (!described) return;
    this.#statuses.add(`${operationId} ${described.status}`);
    const content = matchMediaType(described.content, answer.headers.get("content-type") ?? "");
    if (answer.status >= 300 || !content) return;
    if (content.schema) this.#walk([content.schema], json(new TextDecoder().decode(answer.body)));
    for (const event of answer.events ?? []) if (content.itemSchema) this.#walk([content.itemSchema], event);
  }

  /** The shares, out of what the given operations describe. */
  summary(operations: readonly Operation[]): CoverageSummary {
    const share = (seen: ReadonlySet<string>, all: readonly string[]): Share => {
      const total = new Set(all);
      return { seen: [...total].filter((one) => seen.has(one)).length, total: total.size };
    };
    const of = (list: (operation: Operation) => readonly string[]) => operations.flatMap(list);
    const parameters = of(({ operationId, parameters }) =>
      parameters.map(({ in: at, name }) => `${operationId} ${at} ${name}`),
    );
    const statuses = of(({ operationId, responses }) => responses.map(({ status }) => `${operationId} ${status}`));
    return {
      operations: share(
        this.#operations,
        of(({ operationId }) => [operationId]),
      ),
      parameters: share(this.#parameters, parameters),
      properties: share(this.#properties, this.#described(operations)),
      statuses: share(this.#statuses, statuses),
    };
  }

  #walk(places: readonly Place<Schema>[], value: unknown, depth = 0): void {
    if (depth > 30) return;
    const schemas = places.flatMap((place) => schemasOf(this.description.document, place));
    if (typeof value === "string") {
      const inner = schemas.flatMap((schema) => below<Schema>(schema, "contentSchema") ?? []);
      if (inner.length > 0) this.#walk(inner, json(value), depth + 1);
    }
    const steps: [string | number, unknown][] = Array.isArray(value)
      ? [...value.entries()]
      : isObject(value)
        ? Object.entries(value)
        : [];
    for (const [step, part] of steps) {
      const parts = partSchemas(schemas, step);
      for (const place of parts) if (isProperty(place)) this.#properties.add(place.pointer);
      this.#walk(parts, part, depth + 1);
    }
  }

  #described(operations: readonly Operation[]): string[] {
    const seen = new Set<string>();
    const visit = (place: Place<Schema>): void => {
      for (const schema of schemasOf(this.description.document, place)) {
        if (seen.has(schema.pointer)) continue;
        seen.add(schema.pointer);
        for (const part of partsOf(schema)) visit(part);
      }
    };
    const properties: string[] = [];
    const partsOf = (schema: Place<SchemaObject>): Place<Schema>[] => {
      const named = Object.keys(schema.value.properties ?? {}).flatMap(
        (name) => below<Schema>(schema, "properties", name) ?? [],
      );
      for (const place of named) properties.push(place.pointer);
      const others = ["items", "additionalProperties", "contentSchema"].flatMap(
        (key) => below<Schema>(schema, key) ?? [],
      );
      return [...named, ...others];
    };
    for (const { responses } of operations) {
      for (const { content } of responses.filter((one) => one.status.startsWith("2"))) {
        for (const one of content) {
          for (const place of [one.schema, one.itemSchema]) if (place) visit(place);
        }
      }
    }
    return properties;
  }
}

function isProperty({ pointer }: Place): boolean {
  return /\/properties\/[^/]+$/.test(pointer);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
