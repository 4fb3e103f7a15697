import type { Case, Operation } from "../../testing/index.js";
import { isObject, partAt, pointerSteps, pointerTo } from "../../testing/json.js";
import type { Pair } from "../../testing/serialize-parameter.js";
import { validCase } from "../cases-for-run.js";
import { checkAnswer } from "../check-answer.js";
import { authorizationFor, type Run, report } from "../context.js";
import { type Exchange, jsonOf, succeeded } from "../exchange.js";
import { orderingOf, outOfOrder } from "./order.js";
import type { Task } from "./task.js";

/** So many pages are fetched, unless the pages end before. */
const MOST_PAGES = 5;

/** Of a list so many things are looked at for their order. */
const ORDERED = 10;

/** What `x-pagination` says; see `specs/README.md`. */
interface Paging {
  readonly page: string;
  readonly limit: string;
  readonly items: string;
  readonly hasNext: string;
}

/** Follows the pages of the operations that answer pages. */
export function pageTasks(run: Run): Task[] {
  return run.selected.flatMap((operation): Task[] => {
    const paging = pagingOf(operation);
    if (!paging) return [];
    return [{ operationId: operation.operationId, priority: 6, run: () => follow(run, operation, paging) }];
  });
}

function pagingOf({ operation }: Operation): Paging | undefined {
  const paging = operation["x-pagination"];
  if (!isObject(paging) || paging.style !== "page") return undefined;
  const { page, limit, items, hasNext } = paging;
  return { page: String(page), limit: String(limit), items: String(items), hasNext: String(hasNext) };
}

async function follow(run: Run, operation: Operation, paging: Paging): Promise<void> {
  const base = await validCase(run, operation);
  const authorization = authorizationFor(run, operation);
  if (!base || !authorization) return;
  const required = new Set(operation.parameters.filter((one) => one.required).map(({ name }) => name));
  const get = async (page: number, limit: number, ordered: readonly Pair[] = []): Promise<Page> => {
    const query = [
      ...base.query.filter(({ name }) => required.has(name)),
      ...ordered,
      { name: paging.page, value: String(page) },
      { name: paging.limit, value: String(limit) },
    ];
    const made = { ...base, query };
    const exchange = await run.sender.send(made, { label: `page ${page}`, authorization });
    report(run, operation, made, exchange, await checkAnswer(run, operation, exchange));
    return pageOf(paging, made, exchange);
  };
  const [one, two] = [await get(1, 1), await get(1, 2)];
  if (one.text !== "" && one.text === two.text && one.hasNext) {
    const reason = "the server answers the same whatever the limit is, as a mock does";
    run.undecided.push({ operationId: operation.operationId, label: "pages", reason });
    return;
  }
  reportTooLong(run, operation, paging, one, 1);
  await followOrder(run, operation, get);
  const seen = new Map<string, number>();
  for (let number = 1, page = two; number <= MOST_PAGES; number++, page = await get(number, 2)) {
    if (page.items === undefined) return;
    reportTooLong(run, operation, paging, page, 2);
    const about = {
      operationId: operation.operationId,
      pointer: pointerTo(operation.place.pointer, "x-pagination"),
      evidence: operation.place.evidence,
    };
    if (page.items.length === 0 && page.hasNext) {
      const message = `Page ${number} has no items but announces another page.`;
      report(run, operation, page.made, page.exchange, [
        { ...about, check: "pagination-empty-page", message, location: paging.hasNext },
      ]);
      return;
    }
    const key = JSON.stringify(page.items);
    const earlier = seen.get(key);
    if (earlier !== undefined && page.items.length > 0) {
      const message = `Page ${number} has the same items as page ${earlier}${page.hasNext ? " and announces another" : ""}.`;
      report(run, operation, page.made, page.exchange, [
        { ...about, check: "pagination-loop", message, location: paging.items },
      ]);
      return;
    }
    seen.set(key, number);
    if (!page.hasNext) return;
  }
}

function reportTooLong(run: Run, operation: Operation, paging: Paging, page: Page, limit: number): void {
  const { made, exchange, items = [] } = page;
  if (items.length <= limit) return;
  const parameter = operation.parameters.find(({ name }) => name === paging.limit);
  const { pointer, evidence } = parameter?.place ?? operation.place;
  const { operationId } = operation;
  const message = "A page has more items than was asked for.";
  const detail = { location: paging.items, expected: `at most ${limit}`, received: String(items.length) };
  report(run, operation, made, exchange, [
    { check: "page-too-long", operationId, pointer, evidence, message, ...detail },
  ]);
}

/** The first things of the list in each order that can be asked for. */
async function followOrder(
  run: Run,
  operation: Operation,
  get: (page: number, limit: number, ordered: readonly Pair[]) => Promise<Page>,
): Promise<void> {
  const ordering = orderingOf(run.description.document, operation);
  if (!ordering) return;
  for (const field of ordering.fields) {
    for (const direction of ["asc", "desc"] as const) {
      const { made, exchange, items } = await get(1, ORDERED, [
        { name: ordering.sort, value: encodeURIComponent(field) },
        { name: ordering.direction, value: direction },
      ]);
      report(run, operation, made, exchange, outOfOrder(operation, ordering, items ?? [], field, direction));
    }
  }
}

interface Page {
  readonly made: Case;
  readonly exchange: Exchange;
  readonly text: string;
  readonly items: unknown[] | undefined;
  readonly hasNext: boolean;
}

function pageOf({ items, hasNext }: Paging, made: Case, exchange: Exchange): Page {
  const body = succeeded(exchange) ? jsonOf(exchange) : undefined;
  const found = partAt(body, pointerSteps(items));
  return {
    made,
    exchange,
    text: body === undefined ? "" : JSON.stringify(body),
    items: Array.isArray(found) ? found : undefined,
    hasNext: partAt(body, pointerSteps(hasNext)) === true,
  };
}
