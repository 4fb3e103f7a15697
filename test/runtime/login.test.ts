import { getEventListeners } from "node:events";
import type { ServerResponse } from "node:http";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import {
  ApiAbortError,
  ApiClient,
  type ApiClientOptions,
  ApiConnectionError,
  ApiStatusError,
  ApiTimeoutError,
  CookieJar,
  type Credential,
  type Download,
  Login,
  type OperationDescriptor,
} from "../../runtime/index.js";
import type { Seams } from "../../runtime/transport.js";
import { drain, startEvents, watchNotes } from "./streams.js";
import {
  api,
  createNote,
  getNote,
  type Handler,
  NotesError,
  type PathsOfNotes,
  type ReceivedRequest,
  rejection,
  sendJson,
  serve,
  signalled,
} from "./support.js";

const one = { path: { id: "1" } };
const text = { params: { text: "t" } };
const login: OperationDescriptor = {
  id: "login",
  method: "POST",
  path: "/login",
  body: "json",
  security: [],
  payload: "data",
};
const openNote: OperationDescriptor = { ...getNote, id: "openNote", path: "/open/{id}", security: [] };
const descriptor = {
  ...api,
  errorCodes: { ...api.errorCodes, 401: { none: true } },
  sensitive: ["password"],
};

/** A client that logs in with the password `right`, unless it is given another. */
class Members extends ApiClient<PathsOfNotes> {
  constructor(
    { url }: { readonly url: string },
    { password = "right", ...options }: ApiClientOptions & { readonly password?: Credential } = {},
    seams: Partial<Seams> = {},
  ) {
    const waits = { sleep: async (_ms: number, signal: AbortSignal) => signal.throwIfAborted(), ...seams };
    super(descriptor, { baseUrl: url, cookies: new CookieJar(), ...options }, waits);
    this.logInWith(new Login(password, (given) => this.call(login, { params: { password: given } })));
  }
}

interface Club {
  /** Answers requests to log in; default: 200 with a session for the password `right`, else 401. */
  readonly onLogin?: Handler;
  /** Answers requests with a session; default: 200. */
  readonly onMember?: Handler;
  /** Answers requests without one; default: 401. */
  readonly onStranger?: Handler;
}

/** A server whose answers need a session. */
async function membersOnly({ onLogin, onMember, onStranger }: Club = {}) {
  let session = 0;
  const server = await serve((response, request, count, incoming) => {
    const isMember = session > 0 && request.headers.cookie === `sid=${session}`;
    if (request.url === "/login") (onLogin ?? admit)(response, request, count, incoming);
    else if (isMember) (onMember ?? welcome)(response, request, count, incoming);
    else (onStranger ?? refuse)(response, request, count, incoming);
  });
  const admit = (response: ServerResponse, { body }: ReceivedRequest) => {
    if (JSON.parse(body).password !== "right") return refuse(response);
    session += 1;
    sendJson(response, 200, { data: true }, { "set-cookie": `sid=${session}; HttpOnly; Path=/` });
  };
  return {
    ...server,
    admit,
    endSession: () => {
      session += 1;
    },
    /** The bodies of the requests to log in. */
    logins: () => server.requests.filter(({ url }) => url === "/login").map(({ body }) => body),
    /** The other requests. */
    calls: () => server.requests.filter(({ url }) => url !== "/login"),
  };
}

const refuse = (response: ServerResponse) => sendJson(response, 401, { errors: [{ message: "log in first" }] });
const welcome = (response: ServerResponse) => sendJson(response, 200, { data: "welcome" });
const right = '{"password":"right"}';

test("a client logs in when the server asks for it, and sends the request again as it was", async () => {
  const server = await membersOnly();
  const client = new Members(server);
  expect(server.requests).toEqual([]);
  expect(await client.call(createNote, text, { headers: { "x-trace": "t" } })).toBe("welcome");
  expect(server.requests.map(({ method, url, body }) => `${method} ${url} ${body}`)).toEqual([
    'POST /notes {"text":"t"}',
    `POST /login ${right}`,
    'POST /notes {"text":"t"}',
  ]);
  expect(server.requests[2]?.headers).toMatchObject({ cookie: "sid=1", "x-trace": "t", "content-length": "12" });
});

test("a session is used until it ends, and then there is a new one", async () => {
  const server = await membersOnly();
  const client = new Members(server);
  for (let count = 0; count < 3; count++) await client.call(getNote, one);
  expect(server.logins()).toEqual([right]);
  server.endSession();
  for (let count = 0; count < 3; count++) await client.call(getNote, one);
  expect(server.logins()).toEqual([right, right]);
  expect(server.calls()).toHaveLength(8);
});

test("a server that asks for no session is never sent the password", async () => {
  const server = await membersOnly({ onStranger: welcome });
  expect(await new Members(server).call(getNote, one)).toBe("welcome");
  expect(server.logins()).toEqual([]);
});

test("requests that are refused together wait for one login", async () => {
  const refused: ServerResponse[] = [];
  const server = await membersOnly({
    onStranger: (response) => {
      refused.push(response);
      if (refused.length === 8) for (const one of refused) refuse(one);
    },
  });
  const client = new Members(server);
  const calls = Array.from({ length: 8 }, () => client.call(getNote, one));
  expect(await Promise.all(calls)).toEqual(Array(8).fill("welcome"));
  expect(server.logins()).toEqual([right]);
  expect(server.calls()).toHaveLength(16);
});

test("a request that is refused only after a login that it has not profited from is sent again without another", async () => {
  const late = signalled();
  const server = await membersOnly({
    onStranger: (response, { url }) => {
      if (url === "/notes/1") void late.promise.then(() => refuse(response));
      else refuse(response);
    },
  });
  const client = new Members(server);
  const slow = client.call(getNote, one);
  expect(await client.call(getNote, { path: { id: "2" } })).toBe("welcome");
  late.resolve();
  expect(await slow).toBe("welcome");
  expect(server.logins()).toEqual([right]);
});

test("a password that is a function is asked for at every login, and may take its time", async () => {
  const server = await membersOnly();
  let asked = 0;
  const client = new Members(server, {
    password: async () => {
      asked += 1;
      return "right";
    },
  });
  await client.call(getNote, one);
  await client.call(getNote, one);
  expect(asked).toBe(1);
  server.endSession();
  await client.call(getNote, one);
  expect(asked).toBe(2);
});

test("what a password's function throws is what the call is rejected with", async () => {
  const server = await membersOnly();
  const locked = new Error("the keychain is locked");
  const password = () => {
    throw locked;
  };
  expect(await rejection(new Members(server, { password }).call(getNote, one))).toBe(locked);
  expect(server.logins()).toEqual([]);
});

test("a wrong password is sent once, since a server locks out whoever tries on", async () => {
  const server = await membersOnly();
  const client = new Members(server, { password: "wrong" });
  const error = await rejection(client.call(getNote, one));
  expect(error).toBeInstanceOf(NotesError);
  expect(error).toMatchObject({
    status: 401,
    operation: "login",
    message: "Notes answered 401 Unauthorized: log in first",
  });
  expect(await rejection(client.call(getNote, one))).toBe(error);
  expect(await rejection(client.call(createNote, text))).toBe(error);
  expect(server.logins()).toEqual(['{"password":"wrong"}']);
});

test("after a wrong password another one is tried", async () => {
  const server = await membersOnly();
  let password = "wrong";
  const client = new Members(server, { password: () => password });
  expect(await rejection(client.call(getNote, one))).toMatchObject({ operation: "login" });
  password = "right";
  expect(await client.call(getNote, one)).toBe("welcome");
  expect(server.logins()).toEqual(['{"password":"wrong"}', right]);
});

test("a login that fails rejects all calls that wait for it, and the next call tries again", async () => {
  const refused: ServerResponse[] = [];
  let isDown = true;
  const server = await membersOnly({
    onStranger: (response) => {
      refused.push(response);
      if (refused.length === 3) for (const one of refused) refuse(one);
      if (refused.length > 3) refuse(response);
    },
    onLogin: (response, request) => {
      if (isDown) sendJson(response, 503, {});
      else server.admit(response, request);
    },
  });
  const client = new Members(server);
  const errors = await Promise.all([1, 2, 3].map(() => rejection(client.call(getNote, one))));
  expect(errors[0]).toBeInstanceOf(ApiStatusError);
  expect(errors[0]).toMatchObject({ status: 503, operation: "login" });
  expect(errors.every((error) => error === errors[0])).toBe(true);
  expect(server.logins()).toHaveLength(1);
  isDown = false;
  expect(await client.call(getNote, one)).toBe("welcome");
});

test("a connection that breaks during the login is told as such, and not as the 401 before", async () => {
  const server = await membersOnly({ onLogin: (_response, _request, _count, incoming) => incoming.socket.destroy() });
  const error = await rejection(new Members(server).call(getNote, one));
  expect(error).toBeInstanceOf(ApiConnectionError);
  expect(error).toMatchObject({ operation: "login", message: expect.stringContaining("No answer to POST ") });
});

test("a connection that breaks after the login is told as such, and not as the 401 before", async () => {
  const server = await membersOnly({ onMember: (_response, _request, _count, incoming) => incoming.socket.destroy() });
  const error = await rejection(new Members(server).call(createNote, text));
  expect(error).toBeInstanceOf(ApiConnectionError);
  expect(error).toMatchObject({ operation: "createNote", attempts: 2 });
  expect((error as Error).message).toContain("No answer to POST ");
});

test("a session that is refused as soon as it begins ends with the 401 and not in a circle", async () => {
  const server = await membersOnly({ onMember: refuse });
  const error = await rejection(new Members(server).call(getNote, one));
  expect(error).toMatchObject({ status: 401, operation: "getNote", attempts: 2, isRetryable: false });
  expect(server.logins()).toEqual([right]);
});

test("a 401 of an operation that needs no session is the answer, also in a call by path", async () => {
  const server = await membersOnly();
  const client = new Members(server);
  expect(await rejection(client.call(openNote, one))).toMatchObject({
    status: 401,
    operation: "openNote",
    attempts: 1,
  });
  class Knowing extends ApiClient<PathsOfNotes> {
    constructor() {
      super(
        { ...descriptor, operations: { getNote: { ...getNote, security: [] } } },
        { baseUrl: server.url, cookies: new CookieJar() },
      );
      this.logInWith(new Login("right", (password) => this.call(login, { params: { password } })));
    }
  }
  const { response } = await new Knowing().fetch.GET("/notes/{id}", { params: one });
  expect(response.status).toBe(401);
  expect(server.logins()).toEqual([]);
});

test("a login that is refused when it is called by itself does not log in", async () => {
  const server = await membersOnly();
  const error = await rejection(new Members(server).call(login, { params: { password: "typo" } }));
  expect(error).toMatchObject({ status: 401, operation: "login" });
  expect(server.logins()).toEqual(['{"password":"typo"}']);
});

test("statuses other than 401 do not log in", async () => {
  const server = await membersOnly({ onStranger: (response) => sendJson(response, 403, {}) });
  expect(await rejection(new Members(server).call(getNote, one))).toMatchObject({ status: 403 });
  expect(server.logins()).toEqual([]);
});

test("a 401 of another origin does not log in", async () => {
  const server = await membersOnly();
  const elsewhere = await serve(refuse);
  const { response } = await new Members(server).fetch.GET("/notes/{id}", { params: one, baseUrl: elsewhere.url });
  expect(response.status).toBe(401);
  expect([...server.requests, ...elsewhere.requests.slice(1)]).toEqual([]);
});

test("a caller's abort ends its own wait for the login at once, and not the login", async () => {
  const arrived = signalled();
  const release = signalled();
  const refused: ServerResponse[] = [];
  const server = await membersOnly({
    onStranger: (response) => {
      refused.push(response);
      if (refused.length === 2) for (const one of refused) refuse(one);
    },
    onLogin: async (response, request) => {
      arrived.resolve();
      await release.promise;
      server.admit(response, request);
    },
  });
  const client = new Members(server);
  const controller = new AbortController();
  const impatient = rejection(client.call(getNote, one, { signal: controller.signal }));
  const patient = client.call(getNote, one);
  await arrived.promise;
  controller.abort("enough");
  const error = await impatient;
  expect(error).toBeInstanceOf(ApiAbortError);
  expect(error).toMatchObject({ cause: "enough", operation: "getNote" });
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  release.resolve();
  expect(await patient).toBe("welcome");
  expect(server.logins()).toEqual([right]);
});

test("the total budget of a call ends its wait for the login", async () => {
  const server = await membersOnly({ onLogin: () => {} });
  const error = await rejection(new Members(server).call(getNote, one, { timeouts: { total: 100 } }));
  expect(error).toBeInstanceOf(ApiTimeoutError);
  expect(error).toMatchObject({ budget: "total", operation: "getNote" });
});

test("an abort before the login has begun leaves no login that nobody waits for", async () => {
  const server = await membersOnly();
  const error = await rejection(new Members(server).call(getNote, one, { signal: AbortSignal.abort() }));
  expect(error).toBeInstanceOf(ApiAbortError);
  expect(server.requests).toEqual([]);
});

test("a stream logs in before its first event", async () => {
  const server = await membersOnly({
    onMember: (response) => {
      startEvents(response, "event: note\ndata: 1\n\n");
      response.end();
    },
  });
  const stream = new Members(server).stream(watchNotes, {});
  expect(await drain(stream)).toEqual({ events: [{ event: "note", data: 1 }], error: undefined });
  expect((await stream.withResponse()).response.status).toBe(200);
  expect(server.logins()).toEqual([right]);
});

test("a stream whose login fails rejects the loop with the login's error", async () => {
  const server = await membersOnly();
  const { error } = await drain(new Members(server, { password: "wrong" }).stream(watchNotes, {}));
  expect(error).toMatchObject({ status: 401, operation: "login" });
});

test("a download, an upload and a call by path log in too", async () => {
  const server = await membersOnly();
  const client = new Members(server);
  const file = await client.call<Download>({ ...getNote, answer: "bytes" }, one);
  expect(await file.text()).toBe('{"data":"welcome"}');
  server.endSession();
  const upload = { ...createNote, body: "form", files: ["file"] } as const;
  expect(await client.call(upload, { params: { file: new Blob(["bytes of the file"]) } })).toBe("welcome");
  const [before, after] = server.calls().slice(-2);
  expect(before?.body).toContain("bytes of the file");
  expect(after?.body).toBe(before?.body);
  expect(after?.headers["content-type"]).toBe(before?.headers["content-type"]);
  server.endSession();
  const { data, response } = await client.fetch.GET("/notes/{id}", { params: one });
  expect([data, response.status]).toEqual([{ data: "welcome" }, 200]);
  expect(server.logins()).toHaveLength(3);
});

test("a body that is a stream is not sent twice, so its 401 is the answer", async () => {
  const server = await membersOnly();
  const body = new Blob(["{}"]).stream();
  const { response } = await new Members(server).fetch.POST("/notes", {
    body: {},
    bodySerializer: () => body,
    duplex: "half",
  });
  expect(response.status).toBe(401);
  expect(server.requests.map((request) => request.body)).toEqual(["{}"]);
});

test("the refused request and the login do not count as retries", async () => {
  const waits: number[] = [];
  const server = await membersOnly({ onMember: (response) => sendJson(response, 503, {}) });
  const sleep = async (ms: number) => void waits.push(ms);
  const error = await rejection(new Members(server, {}, { sleep, random: () => 0.5 }).call(getNote, one));
  expect(error).toMatchObject({ status: 503, attempts: 4, isRetryable: true });
  expect(waits).toEqual([250, 500]);
  expect(server.calls()).toHaveLength(4);
});

test("retries before the login count, and a request is not sent more often for it", async () => {
  let strangers = 0;
  const server = await membersOnly({
    onStranger: (response) => {
      strangers += 1;
      sendJson(response, strangers < 3 ? 503 : 401, {});
    },
    onMember: (response) => sendJson(response, 503, {}),
  });
  expect(await rejection(new Members(server).call(getNote, one))).toMatchObject({ status: 503, attempts: 4 });
  expect(server.calls()).toHaveLength(4);
  expect(server.logins()).toEqual([right]);
});

test("`retry: false` does not keep a client from logging in, but does from anything else", async () => {
  const server = await membersOnly({ onMember: (response) => sendJson(response, 503, {}) });
  const error = await rejection(new Members(server).call(getNote, one, { retry: false }));
  expect(error).toMatchObject({ status: 503, attempts: 2 });
  expect(server.calls()).toHaveLength(2);
});

test("the refused answer gives its connection back before the login", async () => {
  const closed = signalled();
  const server = await membersOnly({
    onStranger: (response) => {
      response.on("close", closed.resolve);
      response.writeHead(401).write("a body that never ends");
    },
    onLogin: async (response, request) => {
      await closed.promise;
      server.admit(response, request);
    },
  });
  expect(await new Members(server).call(getNote, one)).toBe("welcome");
});

test("the error of a login does not print the password that the server repeats", async () => {
  const server = await membersOnly({
    onLogin: (response) => sendJson(response, 401, { errors: [{ message: "s3cr3t-passphrase is wrong" }] }),
  });
  const error = await rejection(new Members(server, { password: "s3cr3t-passphrase" }).call(getNote, one));
  expect((error as Error).message).toBe("Notes answered 401 Unauthorized: *** is wrong");
  expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.toContain("s3cr3t");
});
