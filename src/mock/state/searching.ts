import type { JsonObject } from "../json.js";
import type { SearchDeclaration, SearchPlace } from "./declaration.js";
import { relevanceOf } from "./relevance.js";
import { evaluate, type Known } from "./values.js";

/** How many characters of a text are shown on both sides of what was found in it. */
const around = 50;

/** The texts in a part of a thing. */
type Texts = (thing: JsonObject, place: SearchPlace) => string[];

/**
 * Finds things. By words, what fits best comes first, and what has none of the words is not found. By its text as it is,
 * in upper or lower case, things stay in their order, and a query without a text finds everything.
 *
 * @param things in the order of a list.
 * @returns copies of the things found, with their score or where the text was found.
 */
export function search(things: readonly JsonObject[], declared: SearchDeclaration, known: Known): JsonObject[] {
  const query = String(evaluate(declared.query, known) ?? "");
  const places = declared.in
    .map((place) => (typeof place === "string" ? { at: place } : place))
    .filter(({ when }: SearchPlace) => when === undefined || Boolean(evaluate(when, known)));
  const texts: Texts = (thing, { at, first }) =>
    textsAt(thing, at.split("/").slice(1), Number(evaluate(first, known) ?? 0) || Number.POSITIVE_INFINITY);
  const found =
    declared.match === "words"
      ? byWords(things, query, places, texts, declared, known)
      : byText(things, query, places, texts);
  const limit = evaluate(declared.limit, known);
  return typeof limit === "number" ? found.slice(0, Math.max(0, limit)) : found;
}

function byWords(
  things: readonly JsonObject[],
  query: string,
  places: SearchPlace[],
  texts: Texts,
  { score: name, minScore }: SearchDeclaration,
  known: Known,
): JsonObject[] {
  const relevance = relevanceOf(query);
  const least = Number(evaluate(minScore, known) ?? 0);
  return things
    .map((thing) => ({ thing, score: relevance(places.flatMap((place) => texts(thing, place))) }))
    .filter(({ score }) => score > 0 && score >= least)
    .sort((a, b) => b.score - a.score)
    .map(({ thing, score }) => (name === undefined ? thing : { ...thing, [name]: score }));
}

function byText(things: readonly JsonObject[], query: string, places: SearchPlace[], texts: Texts): JsonObject[] {
  if (query.trim() === "") return [...things];
  const wanted = query.toLowerCase();
  return things.flatMap((thing) => {
    for (const place of places) {
      const text = texts(thing, place).find((one) => one.toLowerCase().includes(wanted));
      if (text === undefined) continue;
      const { members = {}, preview } = place;
      return [{ ...thing, ...members, ...(preview === undefined ? {} : { [preview]: excerpt(text, wanted) }) }];
    }
    return [];
  });
}

function excerpt(text: string, wanted: string): string {
  const at = text.toLowerCase().indexOf(wanted);
  return text.slice(Math.max(0, at - around), at + wanted.length + around);
}

function textsAt(value: unknown, [step, ...steps]: readonly string[], first: number): string[] {
  if (step === undefined) return [value].flat().filter((part) => typeof part === "string");
  if (step !== "*") return textsAt((value as JsonObject | undefined)?.[step], steps, first);
  return Array.isArray(value) ? value.slice(0, first).flatMap((item) => textsAt(item, steps, first)) : [];
}
