import type { Authorization } from "./authorize.js";
import type { Case } from "./cases/case.js";
import { isJsonObject, type Json } from "./json.js";
import { isJson } from "./media-type.js";
import { text } from "./serialize-parameter.js";

/**
 * Writes a case as a fetch request.
 *
 * @param made the case.
 * @param baseUrl the address before the path, with or without a slash at its end.
 * @param authorization what carries the credential, from `authorize`.
 * @param headers further headers; they win over those of the case.
 */
export function requestFor(
  made: Case,
  baseUrl: string,
  authorization: Authorization,
  headers: Readonly<Record<string, string>> = {},
): Request {
  const query = [...made.query, ...authorization.query].map(({ name, value }) => `${name}=${value}`).join("&");
  const cookies = [...made.cookies, ...authorization.cookies].map(({ name, value }) => `${name}=${value}`).join("; ");
  const all = new Headers({ ...made.headers, ...authorization.headers });
  if (cookies !== "") all.set("cookie", cookies);
  const body = bodyOf(made);
  // The boundary of a multipart body is known to fetch only.
  if (made.contentType !== undefined && !(body instanceof FormData)) all.set("content-type", made.contentType);
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  const url = `${baseUrl.replace(/\/$/, "")}${made.path}${query === "" ? "" : `?${query}`}`;
  // Following a redirect would check an answer that the description does not speak of.
  return new Request(url, {
    method: made.method,
    headers: all,
    redirect: "manual",
    ...(body === undefined ? {} : { body }),
  });
}

function bodyOf({ body, contentType, files = {} }: Case): string | FormData | undefined {
  if (body === undefined || contentType === undefined) return undefined;
  if (isJson(contentType)) return JSON.stringify(body);
  if (contentType.startsWith("multipart/") && isJsonObject(body)) return form(body, files);
  if (contentType.startsWith("application/x-www-form-urlencoded") && isJsonObject(body)) {
    return new URLSearchParams(fields(body)).toString();
  }
  return text(body);
}

function form(body: Record<string, Json>, files: Readonly<Record<string, string>>): FormData {
  const data = new FormData();
  for (const [name, value] of fields(body)) {
    const type = files[name];
    if (type === undefined) data.append(name, value);
    else data.append(name, new Blob([value], { type }), `${name}.bin`);
  }
  return data;
}

/** A list becomes several fields, an object its JSON: the defaults of OpenAPI 3.2, Encoding Object. */
function fields(body: Record<string, Json>): [string, string][] {
  return Object.entries(body).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((item): [string, string] => [name, text(item)]),
  );
}
