import { access, printPayload } from "./answer.js";
import { acceptHeader, bodyFields, downloadName, type SampleContext } from "./context.js";
import { exampleAnswer } from "./example-answer.js";
import { args, Call, Code, quote } from "./literal.js";
import { holdsSecret } from "./secrets.js";

/** How an operation is called with openapi-fetch and the types of this package. */
export function openapiFetchSample(context: SampleContext): string {
  const { api, method } = context;
  const { answer } = method.payload;
  const imports = [
    ...(answer === "bytes" ? ['import { writeFile } from "node:fs/promises";'] : []),
    `import type { paths } from "agent-apis/${api.name}";`,
    'import createClient from "openapi-fetch";',
  ];
  const start = "const client = createClient<paths>";
  const client = `${start}${args([clientOptions(context)], { indent: 0, column: start.length, tail: 1 })};`;
  const used = use(context);
  const hasBody = /\bdata\b/.test(used);
  const head = `const { ${hasBody ? "data, error" : "error"} } = await client.${method.placed.method.toUpperCase()}`;
  const options = callOptions(context);
  const values = [method.placed.path, ...(Object.keys(options).length > 0 ? [options] : [])];
  const call = `${head}${args(values, { indent: 0, column: head.length, tail: 1 })};`;
  const failed = "if (error !== undefined) throw new Error(JSON.stringify(error));";
  return `${imports.join("\n")}\n\n${client}\n${queryKeys(context)}${formFunction(context)}\n${call}\n${failed}\n${used}`;
}

/** Credentials in headers go with every request of the client. */
function clientOptions({ server, carriers }: SampleContext): Record<string, unknown> {
  const value = (before: string, variable: string) => new Code(`\`${before}\${process.env.${variable}}\``);
  const headers = carriers.flatMap((carrier): [string, unknown][] => {
    if (carrier.in === "header") return [[carrier.name, value(carrier.before, carrier.variable)]];
    return carrier.in === "cookie" ? [["Cookie", value(`${carrier.name}=`, carrier.variable)]] : [];
  });
  return { baseUrl: server, ...(headers.length > 0 ? { headers: Object.fromEntries(headers) } : {}) };
}

/** The types know nothing of credentials in the query, so those are added behind their back. */
function queryKeys({ carriers }: SampleContext): string {
  const keys = carriers.filter((carrier) => carrier.in === "query");
  if (keys.length === 0) return "";
  return `client.use({
  onRequest({ request }) {
    const url = new URL(request.url);
${keys.map(({ name, variable }) => `    url.searchParams.set(${quote(name)}, process.env.${variable} ?? "");\n`).join("")}    return new Request(url, request);
  },
});
`;
}

function formFunction({ request: { body } }: SampleContext): string {
  if (!body || body.mediaType === "application/json") return "";
  return `
function toForm(fields: object): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}
`;
}

function callOptions(context: SampleContext): Record<string, unknown> {
  const { method, request } = context;
  const accept = acceptHeader(method);
  const groups = { path: request.path, query: request.query, header: request.headers };
  const params = Object.fromEntries(
    Object.entries(groups)
      .filter(([, values]) => values.size > 0)
      .map(([place, values]) => [place, Object.fromEntries(values)]),
  );
  return {
    ...(accept === undefined ? {} : { headers: { Accept: accept } }),
    ...(Object.keys(params).length > 0 ? { params } : {}),
    ...bodyOptions(context),
    ...parsing(method.payload.answer),
  };
}

function bodyOptions(context: SampleContext): Record<string, unknown> {
  const { body } = context.request;
  if (!body) return {};
  if (body.mediaType === "application/json") return { body: body.value };
  const files = [...body.files].map(([field, { name, content }]) => [field, new Call("new File", [[content], name])]);
  return { body: { ...bodyFields(context), ...Object.fromEntries(files) }, bodySerializer: new Code("toForm") };
}

function parsing(answer: string): Record<string, unknown> {
  const kinds: Record<string, string> = { bytes: "stream", stream: "stream", text: "text" };
  return kinds[answer] === undefined ? {} : { parseAs: kinds[answer] };
}

function use(context: SampleContext): string {
  const { api, method } = context;
  const { answer, member, optional } = method.payload;
  const example = exampleAnswer(api.document, method);
  if (!example) return "";
  if (answer === "bytes") return `await writeFile(${quote(downloadName(context))}, data ?? "");\n`;
  const hasSecret = holdsSecret(api.document, example.schema);
  if (answer === "stream") {
    return hasSecret ? streamLoop.replace("process.stdout.write(chunk)", "console.log(chunk.length)") : streamLoop;
  }
  const { path } = printPayload(api.document, method, []);
  if (!path) return hasSecret ? "" : "console.log(data);\n";
  const envelope = member === undefined ? [] : [{ key: member, optional }];
  return `console.log(${access("data", [...envelope, ...path], true)});\n`;
}

const streamLoop = `for await (const chunk of data?.pipeThrough(new TextDecoderStream()) ?? []) {
  process.stdout.write(chunk);
}
`;
