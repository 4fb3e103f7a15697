import type { ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { ApiConnectionError, type Hermes, HermesError } from "../../src/hermes.js";
import { rejection } from "../runtime/support.js";
import { type HermesServer, startHermes } from "./server.js";
import { inSession, password } from "./support.js";

const failures: [string, (response: ServerResponse) => void][] = [
  ["is answered with 503", (response) => response.writeHead(503).end()],
  ["gets no answer", (response) => response.destroy()],
];
const changes: [string, (hermes: Hermes, id: string) => PromiseLike<unknown>][] = [
  ["POST /api/session/new", (hermes) => hermes.sessions.create({})],
  ["POST /api/session/delete", (hermes, session_id) => hermes.sessions.delete({ session_id })],
  ["POST /api/chat/start", (hermes, id) => hermes.chat.send(id, "Hello").started],
  ["POST /api/upload", (hermes, session_id) => hermes.files.upload({ session_id, file: new Blob(["a"]) })],
  ["POST /api/auth/login", (hermes) => hermes.auth.login({ password })],
  ["GET /api/chat/cancel", (hermes) => hermes.chat.cancel({ stream_id: "s" })],
  ["GET /api/background/status", (hermes, session_id) => hermes.chat.listBackgroundResults({ session_id })],
];

async function failing(fail: (response: ServerResponse) => void, times = Number.POSITIVE_INFINITY) {
  const server: HermesServer = await startHermes({ password });
  const { hermes, id } = await inSession(server);
  let left = times;
  server.intercept = (_request, response) => {
    if (left-- <= 0) return false;
    fail(response);
    return true;
  };
  return { server, hermes, id };
}

for (const [failure, fail] of failures) {
  test.each(changes)(
    `%s is not sent again when it ${failure}, since the server may have acted`,
    async (route, call) => {
      const { server, hermes, id } = await failing(fail);
      const before = server.count(route);
      const error = await rejection(call(hermes, id));
      expect(error).toMatchObject({ attempts: 1, isRetryable: false });
      expect(server.count(route) - before).toBe(1);
    },
  );

  test(`a GET that only reads is sent again when it ${failure}`, async () => {
    const { server, hermes } = await failing(fail, 2);
    expect((await hermes.sessions.list()).sessions).toEqual([]);
    expect(server.count("GET /api/sessions")).toBe(3);
  });

  test(`a turn whose stream ${failure} is followed all the same`, async () => {
    const { server, hermes, id } = await failing(fail, 0);
    const turn = hermes.chat.send(id, "Hello");
    await turn.started;
    let left = 2;
    server.intercept = (_request, response) => {
      if (left-- <= 0) return false;
      fail(response);
      return true;
    };
    const names: string[] = [];
    for await (const { event } of turn) names.push(event);
    expect(names.at(-1)).toBe("stream_end");
  });
}

test("an answer with background results that gets lost is a connection error and not an empty list", async () => {
  const { server, hermes, id } = await failing((response) => response.destroy(), 1);
  server.chat.finished.push({ task_id: "0a1b2c3d", prompt: "p", answer: "a", completed_at: 1 });
  expect(await rejection(hermes.chat.listBackgroundResults({ session_id: id }))).toBeInstanceOf(ApiConnectionError);
  expect((await hermes.chat.listBackgroundResults({ session_id: id })).results).toMatchObject([{ answer: "a" }]);
});

test("a POST over the limit is not sent again either", async () => {
  const server = await startHermes({ password, now: () => 1_000_000 });
  const { hermes } = await inSession(server);
  await (await hermes.voice.synthesize({ text: "Hello" })).cancel();
  const error = await rejection(hermes.voice.synthesize({ text: "Hello" }));
  expect(error).toBeInstanceOf(HermesError);
  expect(error).toMatchObject({ status: 429, attempts: 1, isRetryable: false });
  expect(server.count("POST /api/tts")).toBe(2);
});
