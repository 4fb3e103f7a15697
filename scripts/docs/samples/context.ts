import type { Carrier } from "../../../src/verify/carrier.js";
import type { Method } from "../../clients/model.js";
import { camelCase } from "../../clients/names.js";
import { firstServer, resolve, type Schema } from "../../openapi.js";
import type { DocumentedApi } from "../model.js";
import { carriersOf } from "./credentials.js";
import { type ExampleRequest, exampleRequest } from "./example-request.js";

/** What the samples of an operation are made from. */
export interface SampleContext {
  readonly api: DocumentedApi;
  readonly method: Method;
  readonly request: ExampleRequest;
  readonly carriers: readonly Carrier[];
  /** The server, without a slash at the end. */
  readonly server: string;
  /** The class of the client, and the variable that holds one. */
  readonly client: { readonly name: string; readonly variable: string };
}

/** Gathers what the samples of an operation need. */
export function sampleContext(api: DocumentedApi, method: Method): SampleContext {
  const name = api.document["x-client"]?.name ?? api.name;
  return {
    api,
    method,
    request: exampleRequest(api.document, method),
    carriers: carriersOf(api, method.placed.operation),
    server: firstServer(api.document).replace(/\/$/, ""),
    client: { name, variable: camelCase(name) },
  };
}

/** The media type that a request asks for where the server has several for the same answer; none if it has one. */
export function acceptHeader({ payload }: Method): string | undefined {
  return payload.answer === "json-or-stream" || payload.answer === "json-or-text" ? "application/json" : undefined;
}

/** The address of the request, with its query. */
export function requestUrl(
  { server, method, request, carriers }: SampleContext,
  credential: (carrier: Carrier) => string,
): string {
  const path = method.placed.path.replace(/\{([^}]+)\}/g, (_all, name: string) =>
    encodeURIComponent(String(request.path.get(name))),
  );
  const query = [...request.query].map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  const keys = carriers
    .filter((carrier) => carrier.in === "query")
    .map((carrier) => `${carrier.name}=${credential(carrier)}`);
  const all = [...query, ...keys];
  return `${server}${path}${all.length > 0 ? `?${all.join("&")}` : ""}`;
}

/** The headers of the request, credentials and `Content-Type` included; `credential` writes the value of a variable. */
export function requestHeaders(
  { method, request, carriers }: SampleContext,
  credential: (carrier: Carrier) => string,
): [string, string][] {
  const accept = acceptHeader(method);
  const cookies = carriers
    .filter((carrier) => carrier.in === "cookie")
    .map((carrier) => `${carrier.name}=${credential(carrier)}`);
  return [
    ...carriers
      .filter((carrier) => carrier.in === "header")
      .map((carrier): [string, string] => [carrier.name, carrier.before + credential(carrier)]),
    ...(cookies.length > 0 ? [["Cookie", cookies.join("; ")] as [string, string]] : []),
    ...[...request.headers].map(([name, value]): [string, string] => [name, String(value)]),
    ...(accept === undefined ? [] : [["Accept", accept] as [string, string]]),
    ...(request.body?.mediaType === "application/json"
      ? [["Content-Type", "application/json"] as [string, string]]
      : []),
  ];
}

/** The name under which a download is saved: that of the file which was asked for, else one by its media type. */
export function downloadName({ api, method, request }: SampleContext): string {
  const asked = [...request.query.values(), ...request.path.values()].map(
    (value) => /[^/\\]+\.\w+$/.exec(String(value))?.[0],
  );
  const [name] = asked.filter((one) => one !== undefined);
  if (name) return name;
  const types = Object.values(method.placed.operation.responses ?? {}).flatMap((node) =>
    Object.keys(resolve<{ content?: Record<string, unknown> }>(api.document, node as object).content ?? {}),
  );
  const endings: Record<string, string> = { "application/zip": "zip", "audio/mpeg": "mp3", "application/pdf": "pdf" };
  const [ending] = types.flatMap((type) => endings[type] ?? []);
  return ending ? `download.${ending}` : "download";
}

/** The fields of a body that is made of fields; files are among them. */
export function bodyFields({ api, method, request }: SampleContext): Record<string, unknown> {
  const { body } = method;
  if (!body?.fields || !request.body) return {};
  const { properties = {} } = resolve<Schema>(api.document, body.schema);
  const value = request.body.value as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(value).filter(([field]) => field in properties || !request.body?.files.has(field)),
  );
}
