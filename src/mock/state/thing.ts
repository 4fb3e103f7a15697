import type { JsonObject } from "../json.js";
import { isSecret, type Member } from "./schema.js";

/** How a part of an answer shows a thing. */
export interface View {
  /** What the description says that there can be; nothing if it says nothing. */
  members: ReadonlyMap<string, Member>;
  /** The names of the thing's members where the answer has others. */
  names: Record<string, string>;
}

/**
 * Shows a thing: what the description has of it, and for what it requires but the thing lacks, the example's.
 *
 * @param secrets what only this answer shows.
 */
export function show(
  thing: JsonObject,
  { members, names }: View,
  example: JsonObject,
  secrets: JsonObject = {},
): JsonObject {
  if (members.size === 0) return { ...thing };
  const shown: JsonObject = {};
  for (const [name, member] of members) {
    const source = names[name] ?? name;
    if (isSecret(member)) {
      if (Object.hasOwn(secrets, name)) shown[name] = secrets[name];
    } else if (thing[source] !== undefined) shown[name] = thing[source];
    else if (member.required && example[name] !== undefined) shown[name] = example[name];
  }
  return shown;
}

/**
 * What a request makes of a thing that is created: the members it sends; of those it may send but does not, the ones that
 * every thing has; and what it cannot send, as the example has it.
 */
export function created(
  sent: JsonObject,
  sendable: ReadonlyMap<string, Member>,
  { members, names }: View,
  example: JsonObject,
): JsonObject {
  if (members.size === 0) {
    return Object.fromEntries(
      Object.entries(sent).filter(([name]) => sendable.get(name)?.schema["x-sensitive"] !== true),
    );
  }
  const thing: JsonObject = {};
  for (const [name, member] of members) {
    if (isSecret(member)) continue;
    const value = valueFor(name, member, sent, sendable, example);
    if (value !== undefined) thing[names[name] ?? name] = value;
  }
  return thing;
}

function valueFor(
  name: string,
  { required, takes }: Member,
  sent: JsonObject,
  sendable: ReadonlyMap<string, Member>,
  example: JsonObject,
): unknown {
  if (sent[name] !== undefined && takes(sent[name])) return sent[name];
  if (!sendable.has(name)) return example[name];
  if (!required) return undefined;
  return takes(null) ? null : example[name];
}

/** What a request changes of a thing. What the thing cannot have, such as a null, counts as not sent. */
export function changes(sent: JsonObject, { members }: View): JsonObject {
  const known = Object.entries(sent).filter(([name, value]) => {
    const member = members.get(name);
    return member !== undefined && !isSecret(member) && member.takes(value);
  });
  return Object.fromEntries(known);
}

/**
 * Makes the secrets of a new thing in the form of the example's, and with them the members that the example shows to be
 * their beginnings, by which people recognise them.
 */
export function makeSecrets(
  { members }: View,
  example: JsonObject,
  make: (example: string) => string,
): { secrets: JsonObject; beginnings: JsonObject } {
  const secrets: JsonObject = {};
  const beginnings: JsonObject = {};
  for (const [name, member] of members) {
    const secret = example[name];
    if (!isSecret(member) || typeof secret !== "string") continue;
    const made = make(secret);
    secrets[name] = made;
    for (const [other, value] of Object.entries(example)) {
      if (other !== name && typeof value === "string" && value.length > 3 && secret.startsWith(value)) {
        beginnings[other] = made.slice(0, value.length);
      }
    }
  }
  return { secrets, beginnings };
}
