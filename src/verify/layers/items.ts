import type { Case } from "../../testing/index.js";
import { validCase } from "../cases-for-run.js";
import { checkAnswer } from "../check-answer.js";
import { authorizationFor, type Run, report } from "../context.js";
import { type Exchange, jsonOf, succeeded } from "../exchange.js";
import { type Item, type Resource, resourcesOf } from "../resources.js";
import {
  aboutOperation,
  differences,
  idOf,
  payloadOf,
  strangeId,
  type Thing,
  thingIn,
  thingsIn,
  withId,
} from "../things.js";
import type { Task } from "./task.js";

/** Of a list so many things are read one by one. */
const SAMPLE = 2;

/** What a list shows has to be there, and look the same, when it is read by itself. */
export function itemTasks(run: Run): Task[] {
  const chosen = new Set(run.selected);
  return resourcesOf(run.description).flatMap((resource): Task[] => {
    const { list, read } = resource;
    if (!list || !read || !chosen.has(list) || !chosen.has(read.operation)) return [];
    return [{ operationId: read.operation.operationId, priority: 6, run: () => compare(run, resource, read) }];
  });
}

async function compare(run: Run, { list }: Resource, read: Item): Promise<void> {
  const { operation, parameter } = read;
  if (!list) return;
  const [listCase, readCase] = [await validCase(run, list), await validCase(run, operation)];
  const [listing, reading] = [authorizationFor(run, list), authorizationFor(run, operation)];
  if (!listCase || !readCase || !listing || !reading) return;
  const fetchList = async () => {
    const exchange = await run.sender.send(listCase, { label: "list, to read its items", authorization: listing });
    return succeeded(exchange) ? thingsIn(payloadOf(exchange, run.facts.payload), parameter) : undefined;
  };
  const readOne = async (id: string, label: string): Promise<[Case, Exchange]> => {
    const made = withId(readCase, read, id);
    return [made, await run.sender.send(made, { label, authorization: reading })];
  };
  const before = await fetchList();
  const ids = (before ?? []).flatMap((thing) => idOf(thing, parameter) ?? []).slice(0, SAMPLE);
  const [first] = ids;
  if (first === undefined) return;
  if (await answersAnything(readOne, first)) {
    run.undecided.push({
      operationId: operation.operationId,
      label: "list and item",
      reason: "the server answers the same to an id that nothing has, as a mock does",
    });
    return;
  }
  const after = await fetchList();
  for (const id of ids) {
    const [made, exchange] = await readOne(id, "read what the list shows");
    report(run, operation, made, exchange, await checkAnswer(run, operation, exchange));
    const [listed, again] = [find(before, id, parameter), find(after, id, parameter)];
    // What is not in both lists came or went meanwhile; what differs between them changes by itself.
    if (!listed || !again || !exchange.answer) continue;
    const about = aboutOperation(operation);
    if (!succeeded(exchange)) {
      if (exchange.answer.status !== 404 && exchange.answer.status !== 410) continue;
      const message = `${list.operationId} shows something that cannot be read.`;
      const detail = { expected: "2xx", received: String(exchange.answer.status) };
      report(run, operation, made, exchange, [{ ...about, check: "list-item-disagree", message, ...detail }]);
      continue;
    }
    const item = thingIn(payloadOf(exchange, run.facts.payload), parameter);
    const names = item ? differences(listed, item, (name) => listed[name] === again[name]) : [];
    const seen = names.map((name) => ({
      ...about,
      check: "list-item-disagree" as const,
      message: `"${name}" is another one than in ${list.operationId}.`,
      location: `/${name}`,
    }));
    report(run, operation, made, exchange, seen);
  }
}

function find(things: readonly Thing[] | undefined, id: string, parameter: string): Thing | undefined {
  return things?.find((thing) => idOf(thing, parameter) === id);
}

async function answersAnything(
  readOne: (id: string, label: string) => Promise<[Case, Exchange]>,
  id: string,
): Promise<boolean> {
  const [, strange] = await readOne(strangeId(id), "read what cannot be there");
  if (!succeeded(strange)) return false;
  const [, usual] = await readOne(id, "read what the list shows");
  return JSON.stringify(jsonOf(strange)) === JSON.stringify(jsonOf(usual));
}
