import type { OperationDescriptor } from "./descriptors.js";

/** The `Accept` header, unless the caller has another. @internal */
export function acceptOf({ accept, answer = "json" }: OperationDescriptor): string {
  if (accept !== undefined) return accept;
  return {
    json: "application/json",
    text: "*/*",
    bytes: "*/*",
    stream: "text/event-stream",
    "json-or-text": "application/json, */*;q=0.5",
    "json-or-stream": "application/json, text/event-stream",
  }[answer];
}
