import { type Json, partAt, pointerTo, readablePath, withPart } from "../json.js";
import type { Schema } from "../openapi.js";
import type { Place } from "../place.js";
import type { Target } from "./case.js";
import { type Context, errorsOf } from "./context.js";
import { mutationsOf, type PlacedMutation } from "./mutation.js";

/** How values get from a client to a server. */
export interface Channel {
  readonly in: Target["in"];
  readonly name?: string;
  /** What the server sees of a value; JSON keeps types, text does not. */
  arrives(value: Json): Json;
  /** Why a value cannot be sent this way, or `undefined` if it can. */
  obstacle(value: Json): string | undefined;
  /** Whether a part of a given type can be told from another by the server. */
  readonly typed: boolean;
}

/** A changed value to send, or the reason why there is none. */
export type Variant = {
  readonly kind: "positive" | "negative";
  /** The part and what is the matter with it: `content longer than 10000`. */
  readonly wording: string;
  readonly pointer: string;
  readonly place: Place;
} & ({ readonly value: Json | undefined; readonly target: Target } | { readonly reason: string });

/**
 * Makes every variant of a valid value that its schema gives rise to. The validator has the last word: a positive
 * variant must be valid as it arrives, a negative one invalid, and preferably for its own reason only.
 *
 * @param whole a name for the value itself: `the body`, `query limit`.
 */
export function variantsOf(
  context: Context,
  channel: Channel,
  schema: Place<Schema>,
  base: Json,
  whole: string,
): Variant[] {
  const arrived = channel.arrives(base);
  const mutations = mutationsOf(context.description.document, schema, arrived, (alternative, part) => {
    return errorsOf(context, alternative, part).length === 0;
  });
  return mutations.flatMap((mutation) => {
    if (mutation.keyword === "type" && !channel.typed && !isScalar(mutation)) return [];
    const variant = variantOf(context, channel, schema, base, mutation, whole);
    // Where every text is allowed, text cannot be of the wrong type: nothing was left out.
    if ("reason" in variant && mutation.keyword === "type" && !channel.typed) return [];
    return variant;
  });
}

function variantOf(
  context: Context,
  channel: Channel,
  schema: Place<Schema>,
  base: Json,
  mutation: PlacedMutation,
  whole: string,
): Variant {
  const part = readablePath(mutation.path);
  const inside = part.startsWith("[") ? part : `.${part}`;
  const subject = part === "" ? whole : channel.in === "body" ? part : whole + inside;
  const variant = {
    kind: mutation.kind,
    wording: `${subject} ${mutation.wording}`,
    pointer: pointerTo(mutation.schema.pointer, mutation.keyword),
    place: mutation.schema,
  };
  let reason = "no value was found that the description would judge so";
  let best: { value: Json | undefined; candidate: Json | undefined; rank: number } | undefined;
  for (const [value, candidate] of attempts(channel, base, mutation)) {
    const obstacle = value === undefined ? undefined : channel.obstacle(value);
    if (obstacle !== undefined) {
      reason = obstacle;
      continue;
    }
    const rank = value === undefined ? 0 : rankOf(context, channel, schema, value, variant.pointer);
    // A text of the wrong type that is refused only for another reason would be another case under a wrong name.
    const meant = rank < UNMEANT || channel.typed || mutation.keyword !== "type";
    const wanted = mutation.kind === "positive" ? rank === 0 : rank > 0 && meant;
    if (wanted && (!best || rank < best.rank)) best = { value, candidate, rank };
  }
  if (!best) return { ...variant, reason };
  const { value, candidate } = best;
  const target = {
    in: channel.in,
    ...(channel.name === undefined ? {} : { name: channel.name }),
    part,
    keyword: mutation.keyword,
    ...(candidate === undefined ? {} : { value: candidate }),
  };
  return { ...variant, value, target };
}

/** Added to the rank of a value that is refused, but not for the reason that was meant. */
const UNMEANT = 1000;

/** 0 for a valid value; otherwise the fewer errors the better. */
function rankOf(context: Context, channel: Channel, schema: Place<Schema>, value: Json, pointer: string): number {
  const errors = errorsOf(context, schema, channel.arrives(value));
  if (errors.length === 0) return 0;
  return errors.length + (errors.some((error) => error.pointer === pointer) ? 0 : UNMEANT);
}

/** Every value to try, with the part that was put into it: in the base first, then with no other items beside the part. */
function attempts(
  channel: Channel,
  base: Json,
  { path, candidates, keyword }: PlacedMutation,
): [Json | undefined, Json | undefined][] {
  // A list or an object in place of a text arrives as several texts or as other parameters, which is another matter.
  const sendable = candidates.filter((item) => channel.typed || keyword !== "type" || typeof item !== "object");
  const lonely = path.reduce<Json>((value, step, depth) => {
    if (typeof step !== "number") return value;
    const list = path.slice(0, depth);
    const item = partAt(value, [...list, step]) as Json;
    return withPart(value, list, [item]) ?? value;
  }, base);
  const bases = JSON.stringify(lonely) === JSON.stringify(base) ? [base] : [base, lonely];
  return bases.flatMap((value) =>
    sendable.map((item): [Json | undefined, Json | undefined] => [withPart(value, path, item), item]),
  );
}

function isScalar({ schema }: PlacedMutation): boolean {
  const types = [schema.value.type ?? []].flat();
  return !types.includes("array") && !types.includes("object");
}
