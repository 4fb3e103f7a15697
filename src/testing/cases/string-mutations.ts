import type { SchemaObject } from "../openapi.js";
import type { Mutation } from "./mutation.js";

/** The longest text that is made. Beyond it a limit is about the server's memory and not about its checks. */
const LONGEST = 2_000_000;

/** Texts as short and as long as allowed, and one beyond; texts against the pattern and the format. */
export function stringMutations(schema: SchemaObject, text: string): Mutation[] {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema;
  const lengths: Mutation[] = [];
  if (minLength > 0) {
    lengths.push(
      {
        kind: "positive",
        keyword: "minLength",
        wording: `of ${count(minLength)}`,
        candidates: resized(text, minLength),
      },
      {
        kind: "negative",
        keyword: "minLength",
        wording: `shorter than ${minLength}`,
        candidates: resized(text, minLength - 1),
      },
    );
  }
  if (maxLength < Number.POSITIVE_INFINITY) {
    if (maxLength !== minLength) {
      lengths.push({
        kind: "positive",
        keyword: "maxLength",
        wording: `of ${count(maxLength)}`,
        candidates: resized(text, maxLength),
      });
    }
    lengths.push({
      kind: "negative",
      keyword: "maxLength",
      wording: `longer than ${maxLength}`,
      candidates: resized(text, maxLength + 1),
    });
  }
  return [...lengths, ...forms(schema, text)];
}

function forms({ pattern, format }: SchemaObject, text: string): Mutation[] {
  const against = ["~", "!", `${text}~`, `~${text}`, `${text} !`, "A", "0", "", "-".repeat(text.length)];
  const malformed = ["not valid", "not-valid", `${text}%`, "::", ""];
  return [
    ...(pattern === undefined
      ? []
      : [
          {
            kind: "negative",
            keyword: "pattern",
            wording: `against the pattern ${pattern}`,
            candidates: against,
          } as const,
        ]),
    ...(format === undefined || !CHECKED.has(format)
      ? []
      : [{ kind: "negative", keyword: "format", wording: `is no ${format}`, candidates: malformed } as const]),
  ];
}

/** The formats that rule out some text; the others (`password`, `binary` …) are annotations. */
const CHECKED = new Set([
  "byte",
  "date",
  "date-time",
  "duration",
  "email",
  "hostname",
  "ipv4",
  "ipv6",
  "json-pointer",
  "regex",
  "relative-json-pointer",
  "time",
  "uri",
  "uri-reference",
  "uri-template",
  "uuid",
]);

/** The text brought to a length. What a pattern or a format asks for may be at its beginning or its end. */
function resized(text: string, length: number): string[] {
  if (length > LONGEST) return [];
  if (text.length >= length) return [text.slice(0, length), text.slice(text.length - length), "a".repeat(length)];
  const missing = length - text.length;
  const last = /[A-Za-z0-9]/.exec(text.at(-1) ?? "")?.[0] ?? "a";
  const middle = Math.floor(text.length / 2);
  return [
    text + last.repeat(missing),
    "a".repeat(missing) + text,
    text.slice(0, middle) + "a".repeat(missing) + text.slice(middle),
    "a".repeat(length),
  ];
}

function count(length: number): string {
  return length === 1 ? "1 character" : `${length} characters`;
}
