import { type JsonObject, objectOf } from "../json.js";
import type { PrismRequest } from "../prism-modules.js";
import { resolve } from "../resolve.js";
import type { StatefulOperation } from "./declaration.js";
import { type Member, membersOf } from "./schema.js";

/** A request as an operation means it: texts read as what they are, and what is left out at its default. */
export interface StateRequest {
  path: JsonObject;
  query: JsonObject;
  body: unknown;
}

/** Reads the requests to an operation. */
export interface RequestReader {
  /** The members that a body may have. */
  body: ReadonlyMap<string, Member>;
  /** The names of the parameters in the query. */
  query: ReadonlySet<string>;
  read(request: PrismRequest): StateRequest;
}

/** Makes what reads the requests to an operation. */
export function createReader(root: JsonObject, { path, operation, parameters }: StatefulOperation): RequestReader {
  const described = parameters.map((parameter) => resolve(root, parameter));
  const schemas = new Map(described.map((one) => [`${one.in} ${one.name}`, resolve(root, one.schema)]));
  const { content } = resolve(root, operation.requestBody);
  const body = membersOf(root, objectOf(objectOf(content)["application/json"]).schema);
  const template = path.split("/").map((segment) => /^\{(.*)\}$/.exec(segment)?.[1]);
  const defaults = (place: string) =>
    described.flatMap((one): [string, unknown][] => {
      const { default: value } = schemas.get(`${one.in} ${one.name}`) ?? {};
      return one.in === place && value !== undefined ? [[String(one.name), value]] : [];
    });
  const bodyDefaults = [...body].flatMap(([name, { schema }]): [string, unknown][] =>
    schema.default === undefined ? [] : [[name, schema.default]],
  );
  const read = (place: string, pairs: [string, string | string[]][]): JsonObject => {
    const given = pairs.map(([name, text]) => [name, evaluate(text, schemas.get(`${place} ${name}`) ?? {})]);
    return Object.fromEntries([...defaults(place), ...given]);
  };
  return {
    body,
    query: new Set(described.filter((one) => one.in === "query").map(({ name }) => String(name))),
    read({ url, body: sent }) {
      const segments = url.path.split("/").map(decodeURIComponent);
      const inPath = template.flatMap((name, index): [string, string][] =>
        name === undefined ? [] : [[name, segments[index] ?? ""]],
      );
      const isForm = typeof sent !== "object" || sent === null || Array.isArray(sent);
      return {
        path: read("path", inPath),
        query: read("query", Object.entries(url.query)),
        body: isForm ? sent : { ...Object.fromEntries(bodyDefaults), ...sent },
      };
    },
  };
}

function evaluate(text: string | string[], { type }: JsonObject): unknown {
  if (Array.isArray(text)) return text;
  const types = [type].flat();
  if ((types.includes("integer") || types.includes("number")) && text.trim() !== "" && Number.isFinite(Number(text))) {
    return Number(text);
  }
  if (types.includes("boolean") && /^(true|false)$/.test(text)) return text === "true";
  return text;
}
