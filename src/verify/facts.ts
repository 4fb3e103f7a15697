import type { Description } from "../testing/index.js";
import { isObject } from "../testing/json.js";

/** What a description's `x-client` says about the whole API; see `specs/README.md`. */
export interface ApiFacts {
  /** The class of the client. */
  readonly name: string;
  /** The member of an answer that holds the payload. */
  readonly payload?: string;
  readonly rateLimit: {
    readonly limit?: string;
    readonly remaining?: string;
    readonly reset?: string;
    readonly resetUnit?: string;
    readonly retryAfter?: string;
  };
  /** The names of members, parameters and headers that are marked `x-sensitive`. */
  readonly sensitiveNames: readonly string[];
}

/** Reads {@link ApiFacts} from a description. */
export function factsOf({ document }: Description): ApiFacts {
  const client = isObject(document["x-client"]) ? document["x-client"] : {};
  const envelope = isObject(client.envelope) ? client.envelope : {};
  return {
    name: String(client.name ?? "client"),
    ...(typeof envelope.payload === "string" ? { payload: envelope.payload } : {}),
    rateLimit: isObject(client.rateLimit) ? client.rateLimit : {},
    sensitiveNames: [...new Set(namesOf(document))],
  };
}

/** A part is called by its key below `properties` or `headers`, or by its own `name`. */
function namesOf(node: unknown, key = ""): string[] {
  if (typeof node !== "object" || node === null) return [];
  const own = isObject(node) && node["x-sensitive"] === true ? [String(node.name ?? key)] : [];
  // A schema or a body as a whole has no name by which it could be recognized.
  const named = own.filter((name) => !/^(schema|items|data|url)$/.test(name) && !/^[A-Z]\w+$/.test(name));
  return [...named, ...Object.entries(node).flatMap(([name, child]) => namesOf(child, name))];
}
