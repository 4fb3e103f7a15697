import type { Carrier } from "./carrier.js";
import type { SentRequest } from "./exchange.js";
import type { Redaction } from "./redaction.js";

/** A run of one character that is longer than this is written as a command that makes it. */
const LONG_RUN = 200;

/** A body that is longer after that is not printed. */
const LONGEST = 4000;

/** What curl sends by itself, or what says how a client and not what it asked. */
const LEFT_OUT = /^(host|connection|content-length|accept-encoding|accept-language|user-agent|sec-.*|x-forwarded-.*)$/;

/**
 * A curl command that sends a request again. Credentials are variables of the shell: `$AGENT_APIS_HEROBRAIN_API_KEY`.
 *
 * @param carriers how the request carried its credentials.
 */
export function curlOf(request: SentRequest, carriers: readonly Carrier[], redaction: Redaction): string {
  const parts = ["curl -sS -i"];
  if (request.method !== "GET") parts.push(`-X ${request.method}`);
  for (const [name, value] of request.headers) parts.push(headerPart(name, value, carriers, redaction));
  if (request.body !== undefined) parts.push(bodyPart(redaction.request(request.body), request));
  parts.push(urlPart(request.url, carriers, redaction));
  return parts.filter((part) => part !== "").join(" ");
}

function headerPart(name: string, value: string, carriers: readonly Carrier[], redaction: Redaction): string {
  if (LEFT_OUT.test(name) || (name === "content-type" && value.startsWith("multipart/"))) return "";
  const carrier = carriers.find((one) => one.in === "header" && one.name.toLowerCase() === name);
  if (carrier) return `-H "${name}: ${carrier.before}$${carrier.variable}"`;
  const cookies = carriers.filter((one) => one.in === "cookie");
  if (name === "cookie" && cookies.length > 0) {
    const known = new Set(cookies.map((one) => one.name));
    const others = value.split("; ").filter((pair) => !known.has(pair.split("=")[0] ?? ""));
    return `-b "${[...others, ...cookies.map((one) => `${one.name}=$${one.variable}`)].join("; ")}"`;
  }
  return `-H ${quoted(`${name}: ${redaction.header(name, value)}`)}`;
}

function bodyPart(body: string, request: SentRequest): string {
  const type = request.headers.find(([name]) => name === "content-type")?.[1] ?? "";
  if (type.startsWith("multipart/")) return formPart(body);
  const written = withoutRuns(body);
  return written.length > LONGEST
    ? `--data-binary @- # a body of ${body.length} characters; see --har`
    : `-d ${written}`;
}

function formPart(body: string): string {
  const fields = Object.entries(JSON.parse(body) as Record<string, unknown>);
  return fields.map(([name, value]) => `-F ${quoted(`${name}=${String(value)}`)}`).join(" ");
}

function urlPart(url: string, carriers: readonly Carrier[], redaction: Redaction): string {
  const query = carriers.filter((one) => one.in === "query");
  if (query.length === 0) return withoutRuns(redaction.request(url));
  const [address = "", rest = ""] = url.split("?");
  const pairs = rest.split("&").filter((pair) => !query.some((one) => pair.startsWith(`${one.name}=`)));
  const all = [...pairs.filter((pair) => pair !== ""), ...query.map((one) => `${one.name}=$${one.variable}`)];
  return `"${redaction.request(address)}?${all.join("&")}"`;
}

/** A text between single quotes, its long runs of one character as `printf` makes them. */
function withoutRuns(text: string): string {
  const run = new RegExp(`(\\w)\\1{${LONG_RUN},}`, "g");
  const written = quoted(text);
  return written.replace(run, (all, letter) => `'"$(printf '%${all.length}s' | tr ' ' ${letter})"'`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
