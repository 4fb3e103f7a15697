import { expect, test } from "vitest";
import { FaultError } from "../../src/mock/faults/fault.js";
import { readFault } from "../../src/mock/faults/read-fault.js";

test.each([
  ["429", { kind: "status", status: 429, delayMs: 0, probability: 1 }],
  ["503; retry-after=2;times=3", { kind: "status", status: 503, retryAfter: 2, times: 3 }],
  ["delay=250", { kind: "delay", delayMs: 250 }],
  [" Cut ; After = 2 ; probability=.25;", { kind: "cut", after: 2, probability: 0.25 }],
  ["stall;delay=10", { kind: "stall", delayMs: 10 }],
  ["reset", { kind: "reset" }],
  ["malformed;after=0", { kind: "malformed", after: 0 }],
])("%j is understood", (text, fault) => {
  expect(readFault(text)).toMatchObject(fault);
});

test.each([
  ["", 'There is no fault ""'],
  ["stal", 'There is no fault "stal". The faults are: 429 or another'],
  ["status", 'There is no fault "status"'],
  ["cut=1", 'There is no fault "cut=1"'],
  ["200", "A fault's status is from 400 to 599; it is 200."],
  ["4290", "A fault's status is from 400 to 599; it is 4290."],
  ["delay", 'A fault\'s delay is a whole number; it is "".'],
  ["delay=1s", 'A fault\'s delay is a whole number; it is "1s".'],
  ["delay=99999999999", "A fault's delay is a whole number"],
  [
    "cut; retry-after=1",
    'The fault "cut" has no parameter "retry-after"; it may have after, delay, times, probability.',
  ],
  ["reset; after=1", 'The fault "reset" has no parameter "after"'],
  ["429; times=0", "A fault's times is at least 1"],
  ["429; times=-1", "A fault's times is a whole number"],
  ["429; probability=0", "A fault's probability is above 0 and at most 1"],
  ["429; probability=1.5", "A fault's probability is above 0 and at most 1"],
  ["429; probability", "A fault's probability is above 0 and at most 1"],
])("%j is refused with what is wrong", (text, message) => {
  expect(() => readFault(text)).toThrow(FaultError);
  expect(() => readFault(text)).toThrow(message);
});
