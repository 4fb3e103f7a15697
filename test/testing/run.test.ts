import { describe, expect, test } from "vitest";
import {
  authorize,
  type Case,
  casesFor,
  findOperation,
  loadDescription,
  placeholderCredentials,
  requestFor,
  runCase,
} from "../../src/testing/index.js";
import { kitchenSink } from "./kitchen-sink.js";

const description = loadDescription(kitchenSink());
const credentials = placeholderCredentials(description);
const nothing = { headers: {}, query: [], cookies: [] };

async function one(id: string): Promise<Case> {
  const { cases } = await casesFor(description, id.slice(0, id.indexOf(":")));
  const found = cases.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`There is no case '${id}'.`);
  return found;
}

const authorized = async (id: string) => {
  const made = await one(id);
  const authorization = authorize(description, findOperation(description, made.operationId), credentials);
  return requestFor(made, "http://localhost/base/", authorization);
};

describe("a credential is put where its scheme says", () => {
  test("in the query", async () => {
    expect((await authorized("queryNumbers: as documented")).url).toMatch(/\?page=2&.*&key=placeholder$/);
  });

  test("in Authorization, as basic asks for it", async () => {
    const { headers } = await authorized("getThing: as documented");
    expect(headers.get("authorization")).toBe(`Basic ${btoa("placeholder:placeholder")}`);
  });

  test("in several places at once, where a requirement names several schemes", async () => {
    const { headers } = await authorized("readAnswers: as documented");
    expect([headers.get("x-token"), headers.get("cookie")]).toEqual(["placeholder", "session=placeholder"]);
  });

  test("nowhere, where none is needed", () => {
    expect(authorize(description, findOperation(description, "readCookies"), {})).toEqual(nothing);
  });

  test("also where it is optional, if there is one", () => {
    const operation = findOperation(description, "postOptional");
    expect(authorize(description, operation, credentials).query).toHaveLength(1);
    expect(authorize(description, operation, {})).toEqual(nothing);
  });

  test("and a missing one is named", () => {
    const operation = findOperation(description, "readAnswers");
    expect(() => authorize(description, operation, { token: "t" })).toThrow(
      "readAnswers needs a credential: token and cookie.",
    );
  });
});

describe("a body is written in its media type", () => {
  test("as JSON", async () => {
    const request = await authorized("postUnion: as documented, example note");
    expect(request.headers.get("content-type")).toBe("application/json");
    expect(await request.json()).toEqual({ kind: "note", text: "hello" });
  });

  test("as an urlencoded form", async () => {
    const request = await authorized("postForm: as documented");
    expect(request.headers.get("content-type")).toBe("application/x-www-form-urlencoded");
    expect(await request.text()).toBe("name=a+b%26c&age=3");
    expect(await (await authorized("postFormList: as documented")).text()).toBe("tags=x&tags=y");
  });

  test("as a multipart form with its files, with a boundary", async () => {
    const request = await authorized("upload: as documented");
    expect(request.headers.get("content-type")).toMatch(/^multipart\/form-data; boundary=/);
    const form = await request.formData();
    expect(form.get("folder")).toBe("docs");
    const file = form.get("file");
    expect(file instanceof File && [file.name, file.type, await file.text()]).toEqual([
      "file.bin",
      "application/octet-stream",
      "the content of a file",
    ]);
  });

  test("and none is sent where it is left out", async () => {
    const request = await authorized("postBody: the body left out");
    expect([request.body, request.headers.get("content-type")]).toEqual([null, null]);
  });
});

describe("the outcome of a case", () => {
  const answer =
    (status: number, body: object = { error: "No." }) =>
    () =>
      Promise.resolve(new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } }));
  const outcome = async (id: string, status: number, body?: object) => {
    const made = await one(id);
    const options = { baseUrl: "http://localhost", credentials, fetch: answer(status, body) };
    return (await runCase(description, made, options)).findings.map(({ check }) => check);
  };
  const positive = "queryNumbers: query page is 1";
  const negative = "queryNumbers: query page below 1";
  const anonymous = "queryNumbers: without a credential";

  test.each([
    [positive, 200],
    [negative, 400],
    [anonymous, 401],
  ])("is as it should be: %s, %i", async (id, status) => {
    expect(await outcome(id, status)).toEqual([]);
  });

  test.each([
    [positive, 400, ["request-rejected"]],
    [negative, 200, ["request-accepted"]],
    [anonymous, 200, ["authentication-not-enforced"]],
    [anonymous, 400, ["authentication-not-enforced"]],
    [positive, 500, ["request-rejected", "response-status"]],
    [negative, 422, ["response-status"]],
  ])("is found wrong: %s, %i", async (id, status, checks) => {
    expect(await outcome(id, status)).toEqual(checks);
  });

  test.each([401, 405, 408, 429, 500, 302])("cannot be a refusal of the request with status %i", async (status) => {
    expect(await outcome(negative, status)).toContain("request-refused-otherwise");
  });

  test.each([
    [{}, ["request-rejected"]],
    [{ "If-None-Match": '"1"' }, []],
  ])("304 to a request with %j", async (headers, checks) => {
    const made = { ...(await one(positive)), headers };
    const fetch = () => Promise.resolve(new Response(null, { status: 304 }));
    const { findings } = await runCase(description, made, { baseUrl: "http://localhost", credentials, fetch });
    expect(findings.map(({ check }) => check).filter((check) => check !== "response-status")).toEqual(checks);
  });

  test("names the case, and points to the limit that is not kept", async () => {
    const options = { baseUrl: "http://localhost", credentials, fetch: answer(200) };
    const { findings, response } = await runCase(description, await one(negative), options);
    expect(findings).toEqual([
      {
        check: "request-accepted",
        operationId: "queryNumbers",
        message: "An invalid request was accepted (query page below 1).",
        pointer: "/paths/~1numbers/get/parameters/0/schema/minimum",
        evidence: "documented",
        expected: "4xx",
        received: "200",
      },
    ]);
    expect(await response.json()).toEqual({ error: "No." });
  });

  test("comes without the credential only where that is the case", async () => {
    const urls: string[] = [];
    const fetch = (request: Request) => {
      urls.push(request.url);
      return answer(401)();
    };
    for (const id of [positive, anonymous]) {
      await runCase(description, await one(id), { baseUrl: "http://localhost", credentials, fetch });
    }
    expect(urls).toEqual(["http://localhost/numbers?page=1&key=placeholder", "http://localhost/numbers?page=2"]);
  });

  test("is asked for with further headers, and redirects are not followed", async () => {
    let sent: Request | undefined;
    const fetch = (request: Request) => {
      sent = request;
      return answer(200)();
    };
    const headers = { Prefer: "code=200" };
    await runCase(description, await one(positive), { baseUrl: "http://localhost", credentials, headers, fetch });
    expect([sent?.headers.get("prefer"), sent?.redirect]).toEqual(["code=200", "manual"]);
  });
});
