import { isObject, type JsonObject, objectOf } from "../mock/json.js";
import { resolve } from "../mock/resolve.js";

/** An operation that can be called, with everything `$ref`s to in it resolved one level deep. */
interface Candidate {
  path: string;
  required: JsonObject[];
  security: unknown;
}

/**
 * A curl command that gets an answer from a mock: of the simplest `GET` operation of a description, with a made-up
 * credential if it needs one.
 *
 * @param description the OpenAPI description.
 * @param baseUrl where the mock of it is.
 * @returns the command's lines, or none if the description has no `GET`.
 */
export function exampleCurl(description: object, baseUrl: string): string[] {
  const root = description as JsonObject;
  const [simplest] = candidates(root).sort((a, b) => a.required.length - b.required.length);
  if (!simplest) return [];
  const query = new URLSearchParams();
  let { path } = simplest;
  for (const parameter of simplest.required) {
    const [name, value] = [String(parameter.name), exampleOf(parameter)];
    if (parameter.in === "path") path = path.replace(`{${name}}`, encodeURIComponent(value));
    if (parameter.in === "query") query.set(name, value);
  }
  const flags = simplest.required
    .filter((one) => one.in === "header")
    .map((one) => `-H '${one.name}: ${exampleOf(one)}'`);
  const credentials = credential(root, simplest.security);
  for (const [name, value] of credentials.query) query.set(name, value);
  const url = `${baseUrl}${path}${query.size > 0 ? `?${query}` : ""}`;
  const quoted = /[?&*()!]/.test(url) ? `'${url}'` : url;
  return [`curl ${quoted}`, ...flags, ...credentials.flags].map(
    (line, index, all) => `${index > 0 ? "  " : ""}${line}${index < all.length - 1 ? " \\" : ""}`,
  );
}

function candidates(root: JsonObject): Candidate[] {
  return Object.entries(objectOf(root.paths)).flatMap(([path, item]) => {
    const { get, parameters = [] } = objectOf(item);
    if (!isObject(get)) return [];
    const all = [parameters, get.parameters ?? []].flat().map((parameter) => resolve(root, parameter));
    const required = all.filter((parameter) => parameter.required === true);
    return [{ path, required, security: get.security ?? root.security }];
  });
}

function credential(root: JsonObject, security: unknown): { flags: string[]; query: [string, string][] } {
  const [first] = Array.isArray(security) ? security : [];
  const schemes = objectOf(objectOf(root.components).securitySchemes);
  const flags: string[] = [];
  const query: [string, string][] = [];
  for (const key of Object.keys(objectOf(first))) {
    const { type, scheme, in: place, name } = resolve(root, schemes[key]);
    if (type !== "apiKey") flags.push(scheme === "basic" ? "-u test:test" : "-H 'Authorization: Bearer test'");
    else if (place === "query") query.push([String(name), "test"]);
    else flags.push(place === "cookie" ? `-b ${name}=test` : `-H '${name}: test'`);
  }
  return { flags, query };
}

function exampleOf(parameter: JsonObject): string {
  const [named] = Object.values(objectOf(parameter.examples)).map((example) => objectOf(example).value);
  return String(parameter.example ?? named ?? "example");
}
