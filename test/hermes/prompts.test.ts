import { expect, test } from "vitest";
import { ApiStreamError, HermesError } from "../../src/hermes.js";
import { drain } from "../runtime/streams.js";
import { rejection } from "../runtime/support.js";
import { startHermes } from "./server.js";
import { inSession, password, until } from "./support.js";

const command = { command: "rm -rf build", description: "delete", pattern_key: "rm", pattern_keys: ["rm"] };
const question = { question: "Which?", choices_offered: ["a", "b"], kind: "clarify" };

test("requests for permission are followed as they come and go, until the loop is left", async () => {
  const server = await startHermes({ password });
  const { hermes, id } = await inSession(server);
  const seen: unknown[] = [];
  for await (const { event, data } of hermes.approvals.stream({ session_id: id })) {
    // The docs have the bare request, too.
    if (!("pending" in data)) throw new Error("The server wraps what it sends.");
    seen.push([event, data.pending_count]);
    if (event === "initial") {
      server.approvals.ask(id, { id: "ap_1", fields: command });
    } else if (data.pending !== null) {
      expect(data.pending).toMatchObject({ approval_id: "ap_1", command: "rm -rf build" });
      const answer = { session_id: id, choice: "once", approval_id: "ap_1" } as const;
      expect(await hermes.approvals.respond(answer)).toMatchObject({ ok: true, choice: "once" });
    } else {
      break;
    }
  }
  expect(seen).toEqual([
    ["initial", 0],
    ["approval", 1],
    ["approval", 0],
  ]);
  await until(() => server.approvals.followers(id) === 0);
});

test("questions are answered, and an answer that comes too late is refused", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  server.clarify.ask(id, { id: "c1", fields: question });
  const stream = hermes.clarify.stream({ session_id: id });
  for await (const { event, data } of stream) {
    expect(event).toBe("initial");
    expect(data).toMatchObject({ pending: { clarify_id: "c1", question: "Which?" }, pending_count: 1 });
    break;
  }
  expect(await hermes.clarify.respond({ session_id: id, response: "a", clarify_id: "c1" })).toMatchObject({ ok: true });
  const late = await rejection(hermes.clarify.respond({ session_id: id, response: "b", clarify_id: "c1" }));
  expect(late).toBeInstanceOf(HermesError);
  expect(late).toMatchObject({ status: 409, body: { stale: true } });
  expect(server.count("POST /api/clarify/respond")).toBe(2);
});

test("a stream whose events the server does not keep is not opened again when it breaks", async () => {
  const server = await startHermes();
  const { hermes, id } = await inSession(server);
  server.intercept = ({ path }, response) => {
    if (path !== "/api/approval/stream") return false;
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write('event: initial\ndata: {"pending":null,"pending_count":0}\n\n', () => response.destroy());
    return true;
  };
  const { error } = await drain(hermes.approvals.stream({ session_id: id }));
  expect(error).toBeInstanceOf(ApiStreamError);
  expect(server.count("GET /api/approval/stream")).toBe(1);
});
