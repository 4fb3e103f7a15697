import { expect, test } from "vitest";
import { parsePace, parseWebhooks } from "../../src/cli/mock-options.js";
import { run } from "./command.js";

const to = "http://127.0.0.1:3000/";

test.concurrent.each([
  [["--api", "hermse"], 'There is no API "hermse". Did you mean "hermes"?', "The APIs are: "],
  [["hero", "--api", "hermes"], "The option --api serves one API alone", "agent-apis mock --help"],
  [["--pace", "fast"], '"fast" is no time for --pace.', "500ms"],
  [["--fault", "listMemories:stal"], 'There is no fault "stal".', 'Did you mean "stall"?'],
  [["--fault", "listMemores:429"], 'There is no operation "listMemores"', 'Did you mean "listMemories"?'],
  [["--fault", "herobrian/*:429"], 'No API "herobrian" is served', 'Did you mean "herobrain"?'],
  [["--fault", "*:429; tims=2"], 'The fault "429" has no parameter "tims"', 'Did you mean "times"?'],
  [["--fault", "429"], '"429" names no operation', "agent-apis mock --help"],
  [["--webhooks-to", "http://example.com/"], "example.com may be another one", "--allow-remote"],
  [["--webhooks-to", "here"], '"here" is no address', "http://127.0.0.1:3000/"],
  [["--webhook-to", to], "There is no option --webhook-to.", 'Did you mean "--webhooks-to"?'],
  [["--webhook-secret", "s"], "The option --webhook-secret needs --webhooks-to.", "agent-apis mock --help"],
  [["--allow-remote"], "The option --allow-remote needs --webhooks-to.", "agent-apis mock --help"],
])("mock %j ends with code 2, says what is wrong and what is meant, without a stack", async (args, wrong, right) => {
  const { code, stdout, stderr } = await run("mock", ...args);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(wrong);
  expect(stderr).toContain(right);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("a pause is a time with a unit, or 0", () => {
  expect(["50ms", "1s", "0", "0ms"].map(parsePace)).toEqual([50, 1000, 0, 0]);
  for (const wrong of ["-1", "", "1 s", "50mss"]) expect(() => parsePace(wrong)).toThrow(`"${wrong}" is no time`);
});

const none = { "allow-remote": false };

test("without an address nothing is sent", () => {
  expect(parseWebhooks(none)).toBeUndefined();
});

test("the options for webhooks become those of the mock", () => {
  expect(parseWebhooks({ ...none, "webhooks-to": to })).toEqual({ to, allowRemote: false });
  const all = {
    "webhooks-to": to,
    "webhooks-every": "10s",
    "webhook-secret": "s",
    "webhook-header": "X-Signature",
    "webhook-encoding": "base64",
    "allow-remote": true,
  };
  const signature = { header: "X-Signature", encoding: "base64" };
  expect(parseWebhooks(all)).toEqual({ to, everyMs: 10_000, secret: "s", signature, allowRemote: true });
});

test.each([
  [{ "webhooks-every": "10s" }, "--webhooks-every needs --webhooks-to"],
  [{ "webhooks-to": to, "webhooks-every": "0" }, '"0" is no time for --webhooks-every'],
  [{ "webhooks-to": to, "webhook-secret": "" }, "The secret for webhooks is empty."],
  [{ "webhooks-to": to, "webhook-header": "x-s" }, "--webhook-header needs --webhook-secret"],
  [{ "webhooks-to": to, "webhook-secret": "s", "webhook-header": "x s" }, '"x s" is no name of a header.'],
  [{ "webhooks-to": to, "webhook-secret": "s", "webhook-encoding": "bas64" }, 'Did you mean "base64"?'],
])("%j makes no sense", (values, message) => {
  expect(() => parseWebhooks({ ...none, ...values })).toThrow(message);
});
