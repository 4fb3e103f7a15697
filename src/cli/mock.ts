import {
  type AccessEntry,
  type Delivery,
  defaultPaceMs,
  defaultPort,
  FaultError,
  listApis,
  type Mock,
  readBundle,
  startMock,
  UnknownApiError,
  WebhookTargetError,
} from "../mock/index.js";
import { accessLine } from "./access-line.js";
import { exampleCurl } from "./curl.js";
import { deliveryLine } from "./delivery-line.js";
import { UsageError } from "./errors.js";
import { mockHelp } from "./mock-help.js";
import { parsePace, parseWebhooks } from "./mock-options.js";
import { parseOptions, parsePort } from "./options.js";
import { asPortError } from "./port-errors.js";
import { untilStopped } from "./signals.js";
import { didYouMean } from "./suggest.js";
import { print, style } from "./terminal.js";
import type { Verb } from "./verbs.js";

const command = "agent-apis mock";

const options = {
  api: { type: "string" },
  port: { type: "string", short: "p", default: String(defaultPort) },
  pace: { type: "string", default: `${defaultPaceMs}ms` },
  stateful: { type: "boolean", default: false },
  fault: { type: "string", multiple: true },
  quiet: { type: "boolean", short: "q", default: false },
  "webhooks-to": { type: "string" },
  "webhooks-every": { type: "string" },
  "webhook-secret": { type: "string" },
  "webhook-header": { type: "string" },
  "webhook-encoding": { type: "string" },
  "allow-remote": { type: "boolean", default: false },
} as const;

/** `agent-apis mock`. */
export const mock: Verb = { help: mockHelp(listApis(), defaultPort, defaultPaceMs), run };

async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(command, options, args);
  const { api: root, quiet, stateful, fault: faults = [] } = values;
  const [port, paceMs, webhooks] = [parsePort(values.port), parsePace(values.pace), parseWebhooks(values)];
  if (root !== undefined && positionals.length > 0) {
    throw new UsageError(
      "The option --api serves one API alone, so no other can be named.",
      `See "${command} --help".`,
    );
  }
  const apis = positionals.length > 0 ? [...new Set(positionals)] : listApis();
  const narrow = process.stdout.isTTY === true;
  const onAccess = (entry: AccessEntry) => {
    // A failure of the mock itself is never kept quiet.
    if (!quiet || entry.error !== undefined) print(accessLine(entry, narrow));
  };
  const onDelivery = (delivery: Delivery) => {
    if (!quiet) print(deliveryLine(delivery, narrow));
  };
  const served = root === undefined ? { apis } : { root };
  const sending = webhooks ? { webhooks } : {};
  const settings = { ...served, ...sending, port, paceMs, faults, stateful };
  const mock = await startMock({ ...settings, onAccess, onDelivery }).catch((error) => {
    throw asUsageError(error, port);
  });
  const stopped = untilStopped();
  greet(mock, stateful);
  await stopped;
  await mock.close();
  print("Stopped.");
  return 0;
}

/** Turns what a user's arguments have caused into a message; what they have not caused stays as it is. */
function asUsageError(error: unknown, port: number): unknown {
  if (error instanceof UnknownApiError) {
    const { api, known } = error;
    return new UsageError(`There is no API "${api}".${didYouMean(api, known)}`, `The APIs are: ${known.join(", ")}.`);
  }
  if (error instanceof FaultError) {
    const { message, given, known } = error;
    return new UsageError(`${message}${given === "" ? "" : didYouMean(given, known)}`, `See "${command} --help".`);
  }
  if (error instanceof WebhookTargetError) {
    return new UsageError(
      error.message,
      "Give an address of this machine, as in http://127.0.0.1:3000/, or --allow-remote.",
    );
  }
  return asPortError(error, port);
}

function greet({ port, busyPort, baseUrls, webhooks }: Mock, stateful: boolean): void {
  if (busyPort !== undefined) print(`${style("yellow", `Port ${busyPort} is busy; using ${port}.`)}\n`);
  for (const [api, baseUrl] of Object.entries(baseUrls)) {
    print(`${style("bold", api)}  ${baseUrl}`);
    for (const line of exampleCurl(readBundle(api), baseUrl)) print(`  ${style("dim", line)}`);
    print();
  }
  if (stateful) print("What is created is kept until the mock stops, or POST <base URL>/_mock/reset.\n");
  if (webhooks) print(`Webhooks go to ${webhooks.to}`);
  for (const api of webhooks?.unsigned ?? []) {
    const missing = `How ${api} signs is not documented, so its webhooks are not signed.`;
    print(`${style("yellow", missing)}\nSay it with --webhook-header and --webhook-encoding.`);
  }
  if (webhooks) print();
  print("Press Ctrl-C to stop.\n");
}
