import type { Carrier } from "../../../src/verify/carrier.js";
import { downloadName, requestHeaders, requestUrl, type SampleContext } from "./context.js";
import { exampleAnswer } from "./example-answer.js";
import { args, Call, Code, quote } from "./literal.js";
import { holdsSecret } from "./secrets.js";

/** How an operation is called with `fetch` alone. */
export function fetchSample(context: SampleContext): string {
  const { method, request } = context;
  const verb = method.placed.method.toUpperCase();
  const headers = requestHeaders(context, held);
  const isJson = request.body?.mediaType === "application/json";
  const options = {
    ...(verb === "GET" ? {} : { method: verb }),
    ...(headers.length > 0 ? { headers: Object.fromEntries(headers.map(([name, value]) => [name, text(value)])) } : {}),
    ...(request.body === undefined
      ? {}
      : { body: isJson ? new Call("JSON.stringify", [request.body.value]) : new Code("form") }),
  };
  const url = text(requestUrl(context, held));
  const start = "const response = await fetch";
  const values = [url, ...(Object.keys(options).length > 0 ? [options] : [])];
  const call = `${start}${args(values, { indent: 0, column: start.length, tail: 1 })};`;
  const failed = "if (!response.ok) throw new Error(await response.text());";
  const imports = method.payload.answer === "bytes" ? 'import { writeFile } from "node:fs/promises";\n\n' : "";
  return `${imports}${formLines(context)}${call}\n${failed}\n${use(context)}`;
}

/** A variable of the environment, between null characters for {@link text}. */
function held({ variable }: Carrier): string {
  return `\0${variable}\0`;
}

/** A text, as a template where it holds a variable. */
function text(value: string): unknown {
  if (!value.includes("\0")) return value;
  const escaped = value.replace(/[`\\]|\$(?=\{)/g, "\\$&");
  return new Code(`\`${escaped.replaceAll(/\0(.*?)\0/g, (_all, variable) => `\${process.env.${variable}}`)}\``);
}

/** The statements that make the form of an upload. */
export function formLines({ request: { body } }: SampleContext): string {
  if (!body || body.mediaType === "application/json") return "";
  const fields = Object.entries(body.value as Record<string, unknown>).map(([field, value]) => {
    const file = body.files.get(field);
    const content = file
      ? new Call("new File", [[file.content], file.name])
      : typeof value === "string"
        ? value
        : JSON.stringify(value);
    return `form.append${args([field, content], { indent: 0, column: "form.append".length, tail: 1 })};\n`;
  });
  return `const form = new FormData();\n${fields.join("")}\n`;
}

function use(context: SampleContext): string {
  const { api, method } = context;
  const answer = exampleAnswer(api.document, method);
  const hasSecret = holdsSecret(api.document, answer?.schema);
  switch (method.payload.answer) {
    case "bytes":
      return `await writeFile(${quote(downloadName(context))}, Buffer.from(await response.arrayBuffer()));\n`;
    case "stream":
      return hasSecret ? eventLoop.replace("console.log(event)", 'console.log(event.split("\\n")[0])') : eventLoop;
    case "text":
      return "console.log(await response.text());\n";
    default:
      if (hasSecret) return "console.log(response.status); // the answer may hold a secret\n";
      return answer ? "console.log(await response.json());\n" : "";
  }
}

// Chunks end anywhere, so what comes behind the last empty line waits for its rest.
const eventLoop = `
const chunks = response.body?.pipeThrough(new TextDecoderStream()) ?? [];
let rest = "";
for await (const chunk of chunks) {
  const events = (rest + chunk).split("\\n\\n");
  rest = events.pop() ?? "";
  for (const event of events) console.log(event);
}
`;
