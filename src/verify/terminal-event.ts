import type { Operation, StreamEvent } from "../testing/index.js";
import { isObject } from "../testing/json.js";

/**
 * Says whether an event ends the stream of an operation, by its `x-stream` (see `specs/README.md`).
 *
 * @returns `undefined` if the description does not say how its streams end.
 */
export function terminalOf({ operation }: Operation): ((event: StreamEvent) => boolean) | undefined {
  const stream = operation["x-stream"];
  if (!isObject(stream) || !Array.isArray(stream.terminal)) return undefined;
  const rules = stream.terminal.map((rule): Record<string, unknown> => (isObject(rule) ? rule : { event: rule }));
  return ({ event = "message", data = "" }) =>
    rules.some((rule) => rule.event === event && (!isObject(rule.when) || holds(data, rule.when)));
}

function holds(data: string, when: Record<string, unknown>): boolean {
  try {
    const value: unknown = JSON.parse(data);
    return isObject(value) && Object.entries(when).every(([name, wanted]) => value[name] === wanted);
  } catch {
    return false;
  }
}
