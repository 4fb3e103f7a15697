import type { SignatureOptions, WebhookOptions } from "../mock/index.js";
import { UsageError } from "./errors.js";
import { didYouMean } from "./suggest.js";
import { parseDuration } from "./verify-options.js";

/** The options of `agent-apis mock` that are about webhooks, as they were typed. */
export interface WebhookValues {
  "webhooks-to"?: string | undefined;
  "webhooks-every"?: string | undefined;
  "webhook-secret"?: string | undefined;
  "webhook-header"?: string | undefined;
  "webhook-encoding"?: string | undefined;
  "allow-remote": boolean;
}

/**
 * Reads the pause between two events.
 *
 * @returns milliseconds.
 * @throws UsageError if it is neither a time nor 0.
 */
export function parsePace(text: string): number {
  return /^0+(ms|s)?$/.test(text) ? 0 : parseDuration("--pace", text);
}

/**
 * Reads where and when webhooks are sent.
 *
 * @returns undefined if they are not.
 * @throws UsageError if one of the options makes no sense, be it without another.
 */
export function parseWebhooks(values: WebhookValues): WebhookOptions | undefined {
  const { "webhooks-to": to, "webhooks-every": every, "webhook-secret": secret } = values;
  const { "webhook-header": header, "webhook-encoding": encoding, "allow-remote": allowRemote } = values;
  const needs = (option: string, missing: string) => new UsageError(`The option ${option} needs ${missing}.`, seeHelp);
  if (to === undefined) {
    const idle = ["webhooks-every", "webhook-secret", "webhook-header", "webhook-encoding"] as const;
    const first = idle.find((name) => values[name] !== undefined) ?? (allowRemote ? "allow-remote" : undefined);
    if (first) throw needs(`--${first}`, "--webhooks-to");
    return undefined;
  }
  if (secret === "") throw new UsageError("The secret for webhooks is empty.", seeHelp);
  const scheme = header !== undefined || encoding !== undefined;
  if (scheme && secret === undefined)
    throw needs(header === undefined ? "--webhook-encoding" : "--webhook-header", "--webhook-secret");
  return {
    to,
    allowRemote,
    ...(secret === undefined ? {} : { secret }),
    ...(every === undefined ? {} : { everyMs: parseDuration("--webhooks-every", every) }),
    ...(scheme ? { signature: { header: parseHeader(header), encoding: parseEncoding(encoding) } } : {}),
  };
}

const seeHelp = 'See "agent-apis mock --help".';

function parseHeader(text: string | undefined): string | undefined {
  if (text === undefined || /^[\w!#$%&'*+.^`|~-]+$/.test(text)) return text;
  throw new UsageError(`"${text}" is no name of a header.`, seeHelp);
}

function parseEncoding(text: string | undefined): SignatureOptions["encoding"] {
  if (text === undefined || text === "hex" || text === "base64") return text;
  const hint = `The encodings are: hex, base64.`;
  throw new UsageError(`There is no encoding "${text}".${didYouMean(text, ["hex", "base64"])}`, hint);
}
