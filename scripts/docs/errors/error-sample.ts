import { format } from "node:util";
import type { Samples } from "../content/block.js";
import type { DocumentedApi } from "../model.js";
import { callOf, constructorLine, importLine } from "../samples/client-sample.js";
import { sampleContext } from "../samples/context.js";
import { lineWidth, quote } from "../samples/literal.js";
import type { ErrorKind, ErrorUse } from "./error-kinds.js";

/** How a program tells this error from others, tried out against the mock where it has an example of it. */
export function errorSample(api: DocumentedApi, kind: ErrorKind): Samples | undefined {
  const use = chooseUse(kind.uses);
  if (!use) return undefined;
  const context = sampleContext(api, use.method);
  const errorClass = `${context.client.name}Error`;
  const { example, status } = use;
  const wish =
    example && [`code=${status}`, ...(example.name === "example" ? [] : [`example=${example.name}`])].join(", ");
  const options = wish === undefined ? [] : [{ retry: false, headers: { Prefer: wish } }];
  const isStream = use.method.payload.answer === "stream";
  const call = callOf(context, options)(
    isStream ? "for await (const event of " : "await ",
    isStream ? ") console.log(event);" : ";",
    2,
  );
  const told = kind.code === undefined ? `error.status === ${status}` : `error.code === ${quote(kind.code)}`;
  const code = [
    importLine(context, errorClass),
    "",
    constructorLine(context),
    "",
    "try {",
    ...(wish === undefined ? [] : ["  // The header asks the mock for this answer."]),
    call,
    "} catch (error) {",
    `${condition(`error instanceof ${errorClass}`, told)}`,
    "    console.log(error.status, error.body);",
    "  } else throw error;",
    "}",
    "",
  ].join("\n");
  const output = example ? `${format(status, example.value)}\n` : undefined;
  return {
    kind: "samples",
    label: `Telling ${kind.id} from other errors`,
    samples: [{ name: "Client", language: "ts", code, ...(output === undefined ? {} : { output }) }],
  };
}

function condition(first: string, second: string): string {
  const line = `  if (${first} && ${second}) {`;
  return line.length <= lineWidth ? line : `  if (\n    ${first} &&\n    ${second}\n  ) {`;
}

/** One with an example, whose method resolves at once, and that takes little to call. */
function chooseUse(uses: readonly ErrorUse[]): ErrorUse | undefined {
  const cost = ({ method, example }: ErrorUse) =>
    (example ? 0 : 100) +
    (method.payload.answer === "stream" ? 50 : 0) +
    method.pathParameters.length +
    method.placed.parameters.filter(({ required }) => required).length +
    (method.body?.required ? 2 : 0);
  return [...uses].sort((a, b) => cost(a) - cost(b))[0];
}
