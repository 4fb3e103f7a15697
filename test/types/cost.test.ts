import { afterAll, beforeAll, expect, test } from "vitest";
import { type Consumer, installPacked } from "../package/consumer.js";
import { clientsHead, type Mistake, mistypeField, mistypeMethod, writeCalls } from "./calls.js";
import { type Checked, Checker } from "./instantiations.js";

/** Above a file that imports the clients and calls nothing. */
const mostPerCall = 2_000;
const mostPerMistake = 10_000;

const calls = writeCalls();
let consumer: Consumer;
let checker: Checker;
beforeAll(async () => {
  consumer = await installPacked();
  checker = new Checker(consumer.folder);
});
afterAll(() => consumer.remove());

function check(lines: readonly string[], apis?: string[]): Checked {
  return checker.check(`${clientsHead(apis)}${lines.join("\n")}\n`);
}

/** What the compiler says of each mistake. All of them together cost less than one of them may. */
function complaintsOf(mistakes: readonly Mistake[]) {
  const headLines = clientsHead().split("\n").length - 1;
  const { instantiations, complaints } = check(mistakes.map(({ code }) => code));
  const said = mistakes.map(({ code, right }, index) => ({
    code,
    right,
    message: complaints.find(({ line }) => line === headLines + index)?.message ?? "",
  }));
  return { above: instantiations - check([]).instantiations, said };
}

test("a call of every method of every client, with the documented example, has no type error", () => {
  expect(calls.length).toBeGreaterThan(190);
  expect(check(calls.map(({ code }) => code)).complaints).toEqual([]);
});

test("the type checker makes at most 2,000 instantiations for a call, whatever the method", () => {
  const empty = new Map(calls.map(({ api }) => [api, check([], [api]).instantiations]));
  const dear = calls
    .map(({ api, method, code }) => ({ method, above: check([code], [api]).instantiations - (empty.get(api) ?? 0) }))
    .filter(({ above }) => above > mostPerCall);
  expect(dear).toEqual([]);
});

test("a mistyped method costs little, and the compiler names the right one", () => {
  const { above, said } = complaintsOf(calls.flatMap((call) => mistypeMethod(call) ?? []));
  expect(above).toBeLessThanOrEqual(mostPerMistake);
  expect(said.length).toBeGreaterThan(100);
  expect(said.filter(({ message, right }) => !message.endsWith(`Did you mean '${right}'?`))).toEqual([]);
});

test("a mistyped field costs little, and the compiler names the right one", () => {
  const { above, said } = complaintsOf(calls.flatMap((call) => mistypeField(call) ?? []));
  expect(above).toBeLessThanOrEqual(mostPerMistake);
  expect(said.length).toBeGreaterThan(100);
  // Where other fields are allowed too, a mistyped one is none by itself, but the right one is missed.
  const names = ({ message, right }: (typeof said)[number]) =>
    message.includes(`Did you mean to write '${right}'?`) || message.includes(`Property '${right}' is missing`);
  const unnamed = said.filter((one) => !names(one));
  // A message of MCP may be a list of messages, and in a choice the compiler does not guess.
  expect(unnamed.map(({ code }) => code).filter((code) => !code.startsWith("await hero.mcp.send("))).toEqual([]);
});
