import { describe, expect, test } from "vitest";
import { checkEvent, checkResponse, type Finding, loadDescription } from "../../src/testing/index.js";
import { kitchenSink } from "./kitchen-sink.js";

const description = loadDescription(kitchenSink());
const good = { id: "a1", token: "s3cret-value" };
const json = (body: unknown, headers: Record<string, string> = {}, status = 200) =>
  new Response(typeof body === "string" ? body : JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", "x-limit": "10", ...headers },
  });

const check = (response: Parameters<typeof checkResponse>[2]) => checkResponse(description, "readAnswers", response);
const only = async (response: Parameters<typeof checkResponse>[2]): Promise<Finding> => {
  const findings = await check(response);
  expect(findings).toHaveLength(1);
  return findings[0] as Finding;
};

describe("the status", () => {
  test("is looked up exactly, then by its range, then in the default", async () => {
    expect(await check(json(good))).toEqual([]);
    expect((await only(json({ error: 5 }, {}, 418))).evidence).toBe("observed");
    expect((await only(json({}, {}, 418))).pointer).toMatch("/components/responses/Problem/");
    expect(await check(json({ error: "No." }, {}, 503))).toEqual([]);
  });

  test("is reported if nothing describes it", async () => {
    const found = await checkResponse(description, "queryTexts", json({}, {}, 503));
    expect(found).toMatchObject([
      {
        check: "response-status",
        operationId: "queryTexts",
        pointer: "/paths/~1texts/get/responses",
        expected: "200, 400, 401",
        received: "503",
      },
    ]);
  });
});

describe("headers", () => {
  test("that are required have to come", async () => {
    const response = json(good);
    response.headers.delete("x-limit");
    expect(await only(response)).toMatchObject({
      check: "response-header-missing",
      location: "X-Limit",
      pointer: "/paths/~1answers/get/responses/200/headers/X-Limit",
    });
  });

  test.each([
    ["x-limit", "many", "/paths/~1answers/get/responses/200/headers/X-Limit/schema/type"],
    ["x-limit", "0", "/paths/~1answers/get/responses/200/headers/X-Limit/schema/minimum"],
    ["x-limit", "1.5", "/paths/~1answers/get/responses/200/headers/X-Limit/schema/type"],
    ["x-list", "1,two", "/paths/~1answers/get/responses/200/headers/X-List/schema/items/type"],
  ])("are read by the type of their schema: %s: %s", async (name, value, pointer) => {
    expect(await only(json(good, { [name]: value }))).toMatchObject({ check: "response-header", pointer });
  });

  test("that fit raise nothing", async () => {
    expect(await check(json(good, { "x-list": "1, 2,3", "x-secret": "abc", "x-other": "anything" }))).toEqual([]);
  });
});

describe("the body", () => {
  test("is found wrong where it is wrong, with the evidence of that part", async () => {
    expect(await only(json({ ...good, created: "yesterday" }))).toEqual({
      check: "response-body",
      operationId: "readAnswers",
      message: 'The value must match format "date-time".',
      pointer: "/components/schemas/Account/properties/created/format",
      location: "/created",
      evidence: "inferred",
      received: '"yesterday"',
    });
  });

  test("is only outlined where an object or a list is wrong", async () => {
    expect((await only(json({ id: "a1" }))).received).toBe("an object with id");
    expect((await only(json([1, 2]))).received).toBe("a list of 2");
  });

  test.each(["", '{"id": "a1"', "<html>"])("has to be JSON where JSON is promised: %j", async (body) => {
    const found = await only(json(body));
    expect(found.check).toBe(body === "" ? "response-body-missing" : "response-body-syntax");
  });

  test("has to have a documented media type", async () => {
    expect(await only(json(good, { "content-type": "application/xml" }))).toMatchObject({
      check: "response-media-type",
      expected: "application/json, text/html",
      received: "application/xml",
    });
  });

  test("must not come without a media type", async () => {
    const response = { status: 200, headers: { "X-Limit": "10" }, body: "{}" };
    expect((await only(response)).check).toBe("response-media-type");
  });

  test("must not come where none is described", async () => {
    const found = await check({ status: 302, headers: { Location: "/x" }, body: "surprise" });
    expect(found).toMatchObject([{ check: "response-body-unexpected" }]);
  });

  test("is not looked for where HTTP has none", async () => {
    expect(await check(new Response(null, { status: 204 }))).toEqual([]);
  });

  test("can be HTML or bytes", async () => {
    expect(await check(json("<p>Hello</p>", { "content-type": "text/html; charset=utf-8" }))).toEqual([]);
    const bytes = {
      status: 206,
      headers: { "content-type": "application/octet-stream" },
      body: new Uint8Array([0, 255]),
    };
    expect(await check(bytes)).toEqual([]);
  });

  test("may be given as the value that somebody parsed, and stays readable if it was not", async () => {
    const parsed = { status: 200, headers: { "content-type": "application/json", "x-limit": "1" }, body: { id: "a1" } };
    expect((await only(parsed)).pointer).toBe("/components/schemas/Account/required");
    const response = json(good);
    await check(response);
    expect(await response.json()).toEqual(good);
  });

  test("that was read before is refused, and not taken for empty", async () => {
    const response = json(good);
    await response.text();
    await expect(check(response)).rejects.toThrow("was read already");
  });
});

describe("a stream", () => {
  const stream = (text: string) => json(text, { "content-type": "text/event-stream; charset=utf-8" }, 202);

  test("is checked event by event", async () => {
    expect(await check(stream('event: tick\ndata: {"count": 1}\n\nevent: end\n\n'))).toEqual([]);
    const found = await check(stream('event: tick\ndata: {"count": 1}\n\nevent: tick\ndata: {"count": "x"}\n\n'));
    expect(found.at(-1)).toMatchObject({
      check: "response-event",
      location: "/data/count",
      pointer: "/components/schemas/Tick/properties/count/type",
      evidence: "inferred",
    });
  });

  test("can be checked while it is open, one event at a time", async () => {
    const event = { event: "tick", data: "{}" };
    const found = await checkEvent(description, "readAnswers", event, 202);
    expect(found.at(-1)).toMatchObject({ check: "response-event", pointer: "/components/schemas/Tick/required" });
    expect(await checkEvent(description, "readAnswers", { event: "end" }, 202)).toEqual([]);
  });
});

describe("a secret is in no finding", () => {
  const secret = "hb_prod_4f2a9c";
  const leaks = async (response: Parameters<typeof checkResponse>[2]) => {
    const findings = await check(response);
    expect(findings.length).toBeGreaterThan(0);
    return JSON.stringify(findings).includes(secret);
  };

  test.each([
    ["a field that is marked", { ...good, token: secret.repeat(3) }],
    ["a field below one that is marked", { ...good, owner: { mail: secret } }],
    ["an undescribed member below one that is marked", { ...good, owner: { mail: "x", more: [secret] } }],
    ["a text in place of the object that holds it", secret],
  ])("when it stands in %s", async (_, body) => {
    expect(await leaks(json(JSON.stringify(body)))).toBe(false);
  });

  test("when it stands in a body that is no JSON", async () => {
    expect(await leaks(json(`token=${secret}`))).toBe(false);
  });

  test("when it stands in a header", async () => {
    expect(await leaks(json(good, { "x-secret": secret }))).toBe(false);
  });

  test("when it stands in the data of an event", async () => {
    const event = `event: tick\ndata: {"count": 1, "key": "${secret}"}\n\n`;
    expect(await leaks(json(event, { "content-type": "text/event-stream" }, 202))).toBe(false);
  });
});

test("an operation that does not exist is answered with those that do", async () => {
  const promise = checkResponse(description, "readAnswer", json(good));
  await expect(promise).rejects.toThrow(/no operation 'readAnswer'\. It has: .*readAnswers/);
});
