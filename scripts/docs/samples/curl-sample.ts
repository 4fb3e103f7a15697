import { downloadName, requestHeaders, requestUrl, type SampleContext } from "./context.js";
import { lineWidth } from "./literal.js";

/** How an operation is called with curl. */
export function curlSample(context: SampleContext): string {
  const { method, request, carriers } = context;
  const variable = ({ variable: name }: { variable: string }) => `\0${name}\0`;
  const cookies = carriers.filter((carrier) => carrier.in === "cookie");
  const headers = requestHeaders(context, variable).filter(([name]) => name !== "Cookie");
  const verb = method.placed.method.toUpperCase();
  const implied = request.body === undefined ? "GET" : "POST";
  const flags = [...(method.payload.answer === "stream" ? ["-N"] : []), ...(verb === implied ? [] : [`-X ${verb}`])];
  const parts = [
    ["curl", ...flags, quoted(requestUrl(context, variable))].join(" "),
    ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(cookies.length > 0
      ? [`-b ${quoted(cookies.map(({ name, variable: holder }) => `${name}=\0${holder}\0`).join("; "))}`]
      : []),
    ...bodyParts(context),
    ...(method.payload.answer === "bytes" ? [`-o ${shellWord(downloadName(context))}`] : []),
  ];
  const line = parts.join(" ");
  return `${line.length <= lineWidth ? line : parts.join(" \\\n  ")}\n`;
}

function bodyParts({ request: { body } }: SampleContext): string[] {
  if (!body) return [];
  if (body.mediaType === "application/json") {
    const flat = JSON.stringify(body.value);
    const text = flat.length + 6 <= lineWidth ? flat : JSON.stringify(body.value, null, 2).replaceAll("\n", "\n  ");
    return [`-d ${singleQuoted(text)}`];
  }
  return Object.entries(body.value as Record<string, unknown>).map(([field, value]) => {
    const file = body.files.get(field);
    return `-F ${shellWord(file ? `${field}=@${file.name}` : `${field}=${typeof value === "string" ? value : JSON.stringify(value)}`)}`;
  });
}

/** Between double quotes, in which variables stand between null characters; nothing else means something to the shell. */
function quoted(text: string): string {
  return `"${text.replace(/["`\\$]/g, "\\$&").replaceAll(/\0(.*?)\0/g, "$$$1")}"`;
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Bare where it may be. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : singleQuoted(text);
}
