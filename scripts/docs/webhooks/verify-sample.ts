import { format } from "node:util";
import { type PlacedOperation, type RequestBody, resolve, type Schema } from "../../openapi.js";
import type { Samples } from "../content/block.js";
import type { DocumentedApi } from "../model.js";
import { examplesOf } from "../operations/examples.js";
import { variableOf } from "../samples/credentials.js";
import { args } from "../samples/literal.js";

/**
 * How a delivery is verified, tried out with one that the sample signs itself. Where the vendor leaves the scheme open,
 * the entry point asks for it, and the sample has a stand-in.
 *
 * @returns undefined if the API has no entry point for webhooks.
 */
export function verifySample(api: DocumentedApi, { operation, path: event }: PlacedOperation): Samples | undefined {
  const { webhooks } = api.entryPoints ?? {};
  if (webhooks === undefined || !operation.requestBody) return undefined;
  const { document } = api;
  const [media = {}] = Object.values(resolve<RequestBody>(document, operation.requestBody).content);
  const example = examplesOf(document, media)[0]?.value ?? {};
  const isOpen = /^ {2}options: WebhookOptions,$/m.test(webhooks);
  const scheme = isOpen ? ", scheme" : "";
  const named = media.schema && nameField(resolve<Schema>(document, media.schema), example, event);
  const body = `const body = JSON.stringify${args([example], { indent: 0, column: "const body = JSON.stringify".length, tail: 1 })};`;
  const code = [
    `import { sign, verify } from "agent-apis/${api.name}/webhooks";`,
    "",
    `const secret = process.env.${variableOf(api, "webhookSecret")} ?? "";`,
    ...(isOpen
      ? [
          "// Neither is documented: look at a delivery.",
          'const scheme = { header: "x-signature", encoding: "hex" } as const;',
        ]
      : []),
    "",
    "// What a delivery brings: the body as text, and its headers.",
    body,
    `const headers = await sign(body, secret${scheme});`,
    "",
    `const event = await verify(body, headers, secret${scheme});`,
    `console.log(event${named ? `.${named}` : ""});`,
    "",
  ].join("\n");
  const output = `${format(named ? (example as Record<string, unknown>)[named] : example)}\n`;
  return { kind: "samples", label: `Verifying ${event}`, samples: [{ name: "Client", language: "ts", code, output }] };
}

/** The field that names the event. */
function nameField({ properties = {} }: Schema, example: unknown, event: string): string | undefined {
  return Object.keys(properties).find((name) => (example as Record<string, unknown>)[name] === event);
}
