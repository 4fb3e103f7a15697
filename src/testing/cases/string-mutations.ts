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

function forms({ pattern, format = "" }: SchemaObject, text: string): Mutation[] {
  // Small changes first: they may break the pattern and keep to the format, so that only one of the two is tested.
  const near = [`x${text}`, text.slice(1), text.slice(0, -1), `${text}x`, text.toUpperCase()];
  const against = [
    ...near,
    ...(OTHER_FORMS[format] ?? []),
    "~",
    "!",
    `${text}~`,
    `~${text}`,
    `${text} !`,
    "A",
    "0",
    "",
  ];
  const malformed = [`${text}%`, `${text} `, "not valid", "not-valid", "::", ""];
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
    ...(OTHER_FORMS[format]
      ? [{ kind: "negative", keyword: "format", wording: `is no ${format}`, candidates: malformed } as const]
      : []),
  ];
}

/** The formats that rule out some text, each with texts that it allows; the others (`password` …) are annotations. */
const OTHER_FORMS: Readonly<Record<string, readonly string[]>> = {
  byte: ["AAAA"],
  date: ["1999-12-31"],
  "date-time": ["1999-12-31T23:59:59Z", "1999-12-31T23:59:59.5+01:00"],
  duration: ["P1D"],
  email: ["someone@example.org"],
  hostname: ["example.org"],
  ipv4: ["192.0.2.1"],
  ipv6: ["2001:db8::1"],
  "json-pointer": ["/a"],
  regex: ["^a$"],
  "relative-json-pointer": ["1/a"],
  time: ["23:59:59Z"],
  uri: ["ftp://example.org/file", "urn:example:a"],
  "uri-reference": ["other"],
  "uri-template": ["{other}"],
  uuid: ["00000000-0000-4000-8000-00000000000f"],
};

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
