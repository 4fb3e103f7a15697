import { camelCase } from "../../clients/names.js";
import { printPayload } from "./answer.js";
import { bodyFields, downloadName, type SampleContext } from "./context.js";
import { credentialOptions } from "./credentials.js";
import { exampleAnswer } from "./example-answer.js";
import { args, Call, Code, type Place, quote } from "./literal.js";
import { printPages } from "./pages.js";
import { holdsSecret } from "./secrets.js";
import { printEvents } from "./streamed.js";

/** A sample in TypeScript with what it prints; an empty text if nothing. */
export interface PrintingSample {
  readonly code: string;
  readonly output: string;
}

/** How an operation is called with the client of its API. */
export function clientSample(context: SampleContext): PrintingSample {
  const { api, client, method } = context;
  const { answer } = method.payload;
  const call = callOf(context);
  const head = `${importLine(context)}\n\n${constructorLine(context)}\n`;
  if (answer === "bytes") {
    const save = `await writeFile(${quote(downloadName(context))}, download.body);`;
    const imports = 'import { writeFile } from "node:fs/promises";\n';
    return { code: `${imports}${head}\n${call("const download = await ", ";")}\n${save}\n`, output: "" };
  }
  if (answer === "stream") {
    const { example, schema } = exampleAnswer(api.document, method) ?? {};
    const hasSecret = holdsSecret(api.document, schema);
    const { binding, print, output } = printEvents(method, String(example?.value ?? ""), hasSecret);
    return { code: `${head}\n${call(`for await (const ${binding} of `, ") {")}\n  ${print}\n}\n`, output };
  }
  if (method.placed.operation["x-pagination"]) {
    const { item, code, output } = printPages(api.document, method, [client.variable]);
    return { code: `${head}\n${call(`for await (const ${item} of `, ") {")}\n${code}\n}\n`, output };
  }
  const { binding, code, output } = printPayload(api.document, method, [client.variable]);
  const line = call(binding === undefined ? "await " : `const ${binding} = await `, ";");
  return { code: `${head}\n${line}\n${code === "" ? "" : `${code}\n`}`, output };
}

/** `import { Acme } from "agent-apis/acme";` */
export function importLine({ api, client }: SampleContext, ...more: readonly string[]): string {
  const names = [client.name, ...more].sort((a, b) => a.localeCompare(b));
  return `import { ${names.join(", ")} } from "agent-apis/${api.name}";`;
}

/** The statement that makes the client, with what the operation needs of it. */
export function constructorLine(context: SampleContext): string {
  const { api, client, method } = context;
  const isOwn = api.document.servers?.[0]?.variables !== undefined;
  const options = {
    ...(isOwn ? { baseUrl: context.server } : {}),
    ...Object.fromEntries(
      credentialOptions(api, method.placed.operation).map(({ option, variable }) => [
        option,
        new Code(`process.env.${variable} ?? ""`),
      ]),
    ),
    ...defaultsOf(context),
  };
  const start = `const ${client.variable} = new ${client.name}`;
  const values = Object.keys(options).length > 0 ? [options] : [];
  return `${start}${args(values, { indent: 0, column: start.length, tail: 1 })};`;
}

/**
 * The call of the method.
 *
 * @param more further arguments, such as the options of a call.
 * @returns writes it between the beginning and the end of a line.
 */
export function callOf(
  context: SampleContext,
  more: readonly unknown[] = [],
): (before: string, after: string, indent?: number) => string {
  const { client, method } = context;
  const callee = `${client.variable}.${[...method.resource, method.name].join(".")}`;
  const values = [...argumentsOf(context, more.length > 0), ...more];
  return (before, after, indent = 0) => {
    const start = `${" ".repeat(indent)}${before}${callee}`;
    const place: Place = { indent, column: start.length, tail: after.length };
    return `${start}${args(values, place)}${after}`;
  };
}

/** Values of the request that the constructor supplies to every call. */
function defaultsOf({ method, request }: SampleContext): Record<string, unknown> {
  const body = (request.body?.value ?? {}) as Record<string, unknown>;
  const found = [...method.defaults].map(([field, { in: place, option }]) => [
    option,
    place === "body" ? body[field] : place === "path" ? request.path.get(field) : request.query.get(field),
  ]);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

function argumentsOf(context: SampleContext, isFollowed: boolean): unknown[] {
  const { method, request } = context;
  const { body } = method;
  const isSupplied = (name: string) => method.defaults.has(name);
  const path = method.pathParameters.map(({ name }) => request.path.get(name));
  const fields = { ...Object.fromEntries(request.query), ...headerFields(context), ...files(context) };
  const own = Object.fromEntries(Object.entries(fields).filter(([name]) => !isSupplied(name)));
  const whole = body && !body.fields ? [request.body?.value] : [];
  const takesFields = method.queryParameters.length > 0 || method.headerParameters.size > 0 || body?.fields === true;
  // A body that has to be sent is asked for, even if it is empty.
  const needsFields = Object.keys(own).length > 0 || (body?.fields === true && request.body !== undefined);
  const last = takesFields && (needsFields || isFollowed) ? [own] : [];
  const given = [...whole.filter((value) => value !== undefined || last.length > 0 || isFollowed), ...last];
  return [...path, ...given.map((value) => value ?? new Code("undefined"))];
}

function headerFields({ method, request }: SampleContext): Record<string, unknown> {
  return Object.fromEntries(
    [...request.headers]
      .filter(([name]) => method.headerParameters.has(camelCase(name)))
      .map(([name, value]) => [camelCase(name), value]),
  );
}

function files(context: SampleContext): Record<string, unknown> {
  const uploads = [...(context.request.body?.files ?? [])].map(([field, { name, content }]) => [
    field,
    { content: new Call("new Blob", [[content]]), filename: name },
  ]);
  return { ...bodyFields(context), ...Object.fromEntries(uploads) };
}
