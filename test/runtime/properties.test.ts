import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CookieJar } from "../../runtime/cookies.js";
import { readDeprecation } from "../../runtime/deprecation.js";
import { Download } from "../../runtime/download.js";
import { mergeHeaders } from "../../runtime/headers.js";
import type { OperationDescriptor } from "../../runtime/index.js";
import { serializePath } from "../../runtime/paths.js";
import { readRateLimit, readRetryAfter, readWait } from "../../runtime/rate-limit.js";
import { Redactor } from "../../runtime/redact.js";
import { type Message, MessageReader } from "../../runtime/sse.js";
import { notes } from "./support.js";

const anyText = fc.string({ unit: "binary" });

describe("server-sent events", () => {
  const value = fc.oneof(anyText, fc.json(), fc.constantFrom("", " ", "  x", "a:b", "\u0000", "\ufeff", "🎉"));
  const line = fc
    .oneof(
      {
        weight: 4,
        arbitrary: fc.tuple(fc.constantFrom("data:", "data: ", "event: ", "id:", "retry: ", ":", "dat"), value),
      },
      { weight: 3, arbitrary: fc.constant(["", ""]) },
      {
        weight: 1,
        arbitrary: fc.tuple(fc.constantFrom("data", "event", "id", " data: x", "DATA: x"), fc.constant("")),
      },
    )
    .map(([field, text]) => `${field}${text}`.replace(/[\r\n]/g, ""));
  const stream = fc
    .tuple(
      fc.constantFrom("", "\ufeff"),
      fc.array(fc.tuple(line, fc.constantFrom("\n", "\r\n", "\r")), { maxLength: 30 }),
      line,
    )
    .map(([mark, lines, rest]) => mark + lines.map((pair) => pair.join("")).join("") + rest);

  /**
   * The HTML Living Standard (9.2.6) as it reads, but that an id belongs to its own event, and that one with a NUL in it
   * takes the one before away, as eventsource-parser has it.
   */
  function parse(text: string): Omit<Message, "isComplete">[] {
    const messages: Omit<Message, "isComplete">[] = [];
    let data: string[] = [];
    let event = "";
    let id: string | undefined;
    const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
    for (const line of lines.slice(0, -1)) {
      if (line === "") {
        if (data.length > 0) messages.push({ event: event || "message", data: data.join("\n"), id });
        data = [];
        event = "";
        id = undefined;
        continue;
      }
      const [, field, value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
      if (field === "data") data.push(value);
      else if (field === "event") event = value;
      else if (field === "id") id = value.includes("\u0000") ? undefined : value;
    }
    return messages;
  }

  function read(pieces: readonly Uint8Array[]) {
    const reader = new MessageReader();
    const messages = [...pieces.flatMap((piece) => [...reader.read(piece)]), ...reader.end()];
    const complete = messages.filter(({ isComplete }) => isComplete);
    return { messages, complete: complete.map(({ event, data, id }) => ({ event, data, id })) };
  }

  test("are the same however their lines end and their bytes are divided", () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 12 }), (text, cuts) => {
        const bytes = new TextEncoder().encode(text);
        const places = cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b);
        const pieces = [...places, bytes.length].map((end, index) => bytes.subarray(places[index - 1] ?? 0, end));
        const divided = read(pieces);
        expect(divided.complete).toEqual(parse(text));
        expect(divided).toEqual(read([bytes]));
        expect(divided).toEqual(read([...bytes].map((byte) => Uint8Array.of(byte))));
      }),
      { numRuns: 500 },
    );
  });
});

describe("a path parameter", () => {
  const pieces = fc.constantFrom(
    ".",
    "..",
    "/",
    "\\",
    "%",
    "%2e",
    "%2E",
    "%25",
    "%2f",
    "%5c",
    "2e",
    "a",
    "?",
    "#",
    ";",
    "{part}",
  );
  const parameter = fc.oneof(
    anyText,
    fc.array(pieces).map((all) => all.join("")),
    fc.integer(),
    fc.boolean(),
  );

  test("stays in its segment, whatever it is, and is read back as it was", () => {
    fc.assert(
      fc.property(parameter, parameter, (id, part) => {
        let path: string;
        try {
          path = serializePath("/api/notes/{id}/parts/{part}", { id, part });
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          return;
        }
        const { pathname, search, hash } = new URL(`https://notes.example/base${path}`);
        expect(search + hash).toBe("");
        const segments = pathname.split("/");
        expect(segments.map((segment, index) => (index === 4 || index === 6 ? "" : segment))).toEqual([
          "",
          "base",
          "api",
          "notes",
          "",
          "parts",
          "",
        ]);
        expect([segments[4], segments[6]].map((segment = "") => decodeURIComponent(segment))).toEqual([
          `${id}`,
          `${part}`,
        ]);
      }),
      { numRuns: 1000 },
    );
  });

  test("is refused only if it is empty, climbs or is no Unicode", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (id) => {
        fc.pre(!/^\.\.?$|[/\\%]/.test(id));
        expect(serializePath("/notes/{id}", { id })).toBe(`/notes/${encodeURIComponent(id)}`);
      }),
    );
  });
});

describe("headers", () => {
  const name = fc.oneof(
    fc.constantFrom("X-A", "x-a", "Cookie", "__proto__", "constructor", "toString", "bad name", ""),
    fc.string(),
  );
  const secret = fc.tuple(anyText, anyText).map(([before, after]) => `${before}s3cr3t-value${after}`);
  const fields = fc.dictionary(name, fc.option(fc.option(secret), { nil: undefined }), { noNullPrototype: true });
  const pairs = fc.array(fc.tuple(name, secret));
  const given = fc.array(fc.oneof(fields, pairs, fc.constant(undefined)), { maxLength: 4 });

  test("that are merged can be sent, or are a TypeError without any of the values", () => {
    fc.assert(
      fc.property(given, (all) => {
        let merged: Record<string, string | null>;
        try {
          merged = mergeHeaders(...all);
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          expect(String(error)).not.toContain("s3cr3t");
          return;
        }
        const sent = Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== null);
        expect(() => new Headers(sent)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });

  test("that are merged are those of the last that has them, under any name", () => {
    const token = fc.oneof(
      fc.constantFrom("__proto__", "constructor", "X-A", "x-a"),
      fc.stringMatching(/^[A-Za-z_-]{1,8}$/),
    );
    const plain = fc.dictionary(token, fc.option(fc.stringMatching(/^[a-z]{0,5}$/)), { noNullPrototype: true });
    fc.assert(
      fc.property(plain, plain, (first, last) => {
        const merged = mergeHeaders(first, last);
        const names = new Set([...Object.keys(first), ...Object.keys(last)].map((one) => one.toLowerCase()));
        expect(new Set(Object.keys(merged))).toEqual(names);
        for (const [one, value] of Object.entries(last)) {
          if (Object.keys(last).filter((other) => other.toLowerCase() === one.toLowerCase()).length > 1) continue;
          expect(Object.entries(merged)).toContainEqual([one.toLowerCase(), value]);
        }
      }),
    );
  });

  const digits = fc.oneof(
    fc.bigInt({ min: 0n }).map(String),
    fc.nat({ max: 400 }).map((length) => "9".repeat(length)),
    fc.double({ min: 0 }).map(String),
  );
  const date = fc
    .date({ noInvalidDate: false })
    .map((at) => (Number.isNaN(at.getTime()) ? "Sat, 99 Foo 2025 25:61:61 GMT" : at.toUTCString()));
  const value = fc
    .oneof(
      fc.string(),
      anyText,
      digits,
      date,
      date.map((at) => at.replace(" GMT", "")),
      digits.map((all) => `@${all}`),
      digits.map((all) => `@-${all}`),
    )
    // As it comes out of a real answer: without line breaks, and without blanks around it.
    .map((text) => text.replace(/[^\t\x20-\xff]/g, "").trim());
  const now = Date.UTC(2025, 10, 22);

  test("of a rate limit never throw, and give finite numbers and real dates only", () => {
    const headers = fc.record(
      { "retry-after": value, date: value, "x-wait": value, "x-limit": value, "x-remaining": value, "x-reset": value },
      { requiredKeys: [] },
    );
    const unit = fc.constantFrom("unix-seconds" as const, "delta-seconds" as const, undefined);
    fc.assert(
      fc.property(headers, unit, fc.constantFrom(429, 503), (record, resetUnit, status) => {
        const all = new Headers(record as Record<string, string>);
        const names = {
          limit: "x-limit",
          remaining: "x-remaining",
          reset: "x-reset",
          retryAfter: "x-wait",
          ...(resetUnit && { resetUnit }),
        };
        const { limit, remaining, reset, retryAfterMs } = readRateLimit(all, names, now) ?? {};
        const waits = [
          readRetryAfter(all, names.retryAfter, now),
          readWait(new Response(null, { status, headers: all }), names, now),
        ];
        for (const number of [limit, remaining, reset?.getTime(), retryAfterMs, ...waits]) {
          if (number !== undefined) expect(Number.isFinite(number)).toBe(true);
        }
        for (const ms of [retryAfterMs, ...waits]) expect(ms ?? 0).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 1000 },
    );
  });

  test("of a deprecation never throw, and give real dates only", () => {
    const link = fc.oneof(
      value,
      fc.webUrl().map((url) => `<${url}>; rel="deprecation"`),
    );
    const headers = fc.record({ deprecation: value, sunset: value, link }, { requiredKeys: [] });
    fc.assert(
      fc.property(headers, (record) => {
        const found = readDeprecation(new Headers(record as Record<string, string>));
        expect(found === undefined).toBe(record.deprecation === undefined && record.sunset === undefined);
        for (const at of [found?.deprecated, found?.sunset]) expect(Number.isNaN(at?.getTime())).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  test("that set cookies never throw, and what comes back can be sent", () => {
    const attribute = fc
      .tuple(
        fc.constantFrom("Path", "Max-Age", "Expires", "Domain", "", "="),
        fc.oneof(value, fc.constantFrom("/", "/a", "-1", "0")),
      )
      .map((pair) => pair.join("="));
    const cookie = fc.tuple(
      fc.oneof(
        value,
        fc.tuple(value, value).map((pair) => pair.join("=")),
      ),
      fc.array(attribute, { maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(cookie), fc.option(value), (cookies, own) => {
        const headers = new Headers();
        for (const [pair, attributes] of cookies) headers.append("set-cookie", [pair, ...attributes].join(";"));
        const jar = new CookieJar();
        jar.store(new Response(null, { headers }), "https://notes.example/a/b", now);
        const header = jar.header("https://notes.example/a/b", own, now);
        if (header !== undefined) expect(() => new Headers({ cookie: header })).not.toThrow();
        expect(jar.header("https://notes.example/a/b", null, Number.POSITIVE_INFINITY)).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  test("of a file never throw, and name neither a folder nor what a terminal would obey", () => {
    const name = fc.oneof(
      value,
      fc
        .array(fc.constantFrom("..", ".", "/", "\\", "%2f", "%5C", "%00", "%ff", '"', ";", "a", " "))
        .map((all) => all.join("")),
    );
    const disposition = fc.oneof(
      value,
      name.map((file) => `attachment; filename="${file}"`),
      name.map((file) => `attachment; filename*=UTF-8''${file}`),
      fc.tuple(name, name).map(([a, b]) => `inline; filename=${a}; FILENAME*=utf-8'en'${b}`),
    );
    fc.assert(
      fc.property(disposition, value, value, (given, length, range) => {
        let headers: Headers;
        try {
          headers = new Headers({
            "content-disposition": given,
            "content-length": length,
            "content-range": `bytes ${range}`,
          });
        } catch {
          return fc.pre(false);
        }
        const { filename, size } = new Download(new Response(null, { headers }), undefined, new AbortController());
        if (filename !== undefined) {
          expect(filename).not.toMatch(/[/\\\p{Cc}]/u);
          expect(["", ".", ".."]).not.toContain(filename);
        }
        if (size !== undefined) expect(Number.isFinite(size)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("redaction", () => {
  const redactor = new Redactor(["plainKey", "pin"]);
  const sensitive = fc.constantFrom(
    "plainKey",
    "PIN",
    "password",
    "access_token",
    "X-Api-Key",
    "clientSecret",
    "Cookie",
  );
  /** The mask itself and what separates words are in texts anyway. */
  const secret = fc
    .oneof(fc.string({ minLength: 4 }), fc.string({ minLength: 4, unit: "grapheme" }))
    .filter((text) => !/[*\s\p{Cc}\p{Cf}…]/u.test(text) && encodeURIComponent(text).length >= 4);
  const plainName = fc.stringMatching(/^[a-e]{1,4}$/);
  const plain = fc.oneof(fc.stringMatching(/^[ 0-9]{0,8}$/), fc.integer(), fc.boolean(), fc.constant(null));
  const { json } = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { depthSize: "small" },
      plain,
      fc.array(tie("json"), { maxLength: 3 }),
      fc.dictionary(plainName, tie("json"), { maxKeys: 3, noNullPrototype: true }),
    ),
  }));
  const object = fc.dictionary(plainName, json, { maxKeys: 3, noNullPrototype: true });

  /** The same value with a secret under a sensitive name, at some depth, and within texts. */
  const hide = (name: string, hidden: unknown, depth: number, value: unknown): unknown =>
    depth === 0 ? { ...(value as object), [name]: hidden } : { list: [value, hide(name, hidden, depth - 1, value)] };

  test("of a JSON value leaves no secret in it, changes nothing else, and is done when it is done once", () => {
    const shape = fc.constantFrom<(text: string) => unknown>(
      (text) => text,
      (text) => [text],
      (text) => ({ a: [{ b: text }] }),
    );
    fc.assert(
      fc.property(object, sensitive, secret, shape, fc.nat({ max: 3 }), (value, name, text, wrap, depth) => {
        fc.pre(!JSON.stringify([value, name, "list"]).includes(text));
        const printed = redactor.value(hide(name, wrap(text), depth, value));
        expect(printed).toEqual(hide(name, "***", depth, value));
        expect(redactor.value(printed)).toEqual(printed);
        expect(redactor.value(value)).toEqual(value);
        const echoed = redactor.value({ note: `before ${text} after ${text}` }, new Set([text]));
        expect(JSON.stringify(echoed)).not.toContain(text);
      }),
      { numRuns: 500 },
    );
  });

  test("of a URL leaves no secret in it, changes nothing else, and is done when it is done once", () => {
    const query = fc.array(fc.tuple(plainName, fc.string()), { maxLength: 3 });
    fc.assert(
      fc.property(query, sensitive, secret, query, (before, name, text, after) => {
        const write = (value: string) =>
          [...before, [name, value], ...after]
            .map((pair) => pair.map(encodeURIComponent).join("="))
            .join("&")
            .replaceAll("*", "%2A");
        const url = `https://notes.example/notes?${write(text)}`;
        fc.pre(!write("").includes(encodeURIComponent(text)) && !url.startsWith(`https://notes.example/notes?${text}`));
        const printed = redactor.url(url);
        expect(printed).toBe(`https://notes.example/notes?${write("%mask%")}`.replace("%25mask%25", "***"));
        expect(printed.split("?")[1]).not.toContain(encodeURIComponent(text));
        expect(redactor.url(printed)).toBe(printed);
        expect(redactor.url(`https://${encodeURIComponent(text)}@notes.example/#${name}=${text}`)).toBe(
          "https://notes.example/",
        );
      }),
      { numRuns: 500 },
    );
  });

  test("of a text leaves no secret in it that is known, and is done when it is done once", () => {
    fc.assert(
      fc.property(fc.array(anyText), secret, (texts, text) => {
        const known = new Set([text]);
        const printed = redactor.text(texts.join(text), known, 100_000);
        expect(printed).not.toContain(text);
        expect(printed).not.toMatch(/[\n\r\p{Cc}]/u);
        expect(redactor.text(printed, known, 100_000)).toBe(printed);
      }),
      { numRuns: 1000 },
    );
  });

  test("of a text leaves no secret in it that stands under a sensitive name in JSON, whole or cut off", () => {
    fc.assert(
      fc.property(object, sensitive, secret, fc.nat({ max: 2 }), fc.boolean(), (value, name, text, indent, isCut) => {
        const written = JSON.stringify({ ...value, [name]: text }, null, indent);
        const hidden = JSON.stringify(text).slice(1, -1);
        fc.pre(!JSON.stringify({ ...value, [name]: "" }).includes(hidden.slice(0, -1)));
        const printed = redactor.text(
          isCut ? written.slice(0, written.lastIndexOf(hidden) + hidden.length - 1) : written,
          [],
          1000,
        );
        expect(printed).not.toContain(isCut ? hidden.slice(0, -1) : hidden);
        expect(printed).toContain(`"${name}"`);
      }),
      { numRuns: 500 },
    );
  });

  test("knows every string below a sensitive name that the description marks, so that an echo of it is masked too", () => {
    const shape = fc.constantFrom<(text: string) => unknown>(
      (text) => text,
      (text) => [text],
      (text) => ({ a: [{ b: text }] }),
    );
    fc.assert(
      fc.property(
        object,
        fc.constantFrom("plainKey", "PIN"),
        secret,
        shape,
        fc.nat({ max: 3 }),
        (value, name, text, wrap, depth) => {
          expect([...redactor.secretsIn(hide(name, wrap(text), depth, value))]).toContain(text);
          expect([...redactor.secretsIn(value)]).toEqual([]);
        },
      ),
    );
  });
});

describe("an upload", () => {
  const operation: OperationDescriptor = {
    id: "upload",
    method: "POST",
    path: "/files",
    body: "form",
    files: ["file"],
    payload: "data",
  };

  test("cannot break out of its part's header, whatever its name, field or type", async () => {
    let sent = "";
    const client = notes(
      { url: "http://127.0.0.1:1" },
      {
        fetch: async (input) => {
          sent = new TextDecoder("latin1").decode(await (input as Request).arrayBuffer());
          return Response.json({ data: 1 });
        },
      },
    );
    const evil = fc
      .array(
        fc.constantFrom('"', "\r", "\n", "\r\n\r\n", '; name="x"', "--", "\\", "/", "..", ":", "\u0000", "a", "\u2028"),
      )
      .map((all) => all.join(""));
    const name = fc.oneof(anyText, evil, fc.string({ unit: "grapheme" }));
    await fc.assert(
      fc.asyncProperty(name, name, name, async (filename, field, contentType) => {
        await client.call(operation, {
          params: { file: { content: new Uint8Array(), filename, contentType }, [`f${field}`]: "" },
        });
        const boundary = sent.slice(0, sent.indexOf("\r\n"));
        const parts = sent.split(`${boundary}\r\n`).slice(1);
        expect(parts).toHaveLength(2);
        const [file = "", other = ""] = parts;
        expect(file).toMatch(
          /^Content-Disposition: form-data; name="file"; filename="[^"\r\n/\\]+"\r\nContent-Type: [^\r\n]+\r\n\r\n\r\n$/,
        );
        expect(other).toMatch(/^Content-Disposition: form-data; name="f[^"\r\n]*"\r\n\r\n\r\n--/);
        expect(/filename="([^"]*)"/.exec(file)?.[1]).not.toMatch(/^\.{1,2}$/);
      }),
      { numRuns: 500 },
    );
  });
});
