import type { Pagination } from "./descriptors.js";
import { valueAt } from "./json-pointer.js";
import { type Answer, ApiPromise } from "./promise.js";

/** How a {@link PagePromise} gets its pages. @internal */
export interface PageSource<Page> {
  readonly pagination: Pagination;
  /** The number of the first page. */
  readonly firstPage: number;
  /** The first page, asked for already. */
  readonly first: Promise<Answer<Page>>;
  /** Asks for a page by number. */
  load(page: number): Promise<Answer<Page>>;
  /** The error for a page that cannot be used. @param problem such as `the same page again`. */
  fail(answer: Answer<Page>, problem: string): Error;
}

/**
 * The first page as a promise, and all items as an async iterable.
 *
 * The first page is asked for at once, each further one when the loop gets there; leaving the loop asks for no more.
 * Each loop begins with the first page, which is not asked for again. Signal, headers, retries and time budgets of the
 * call hold for each page.
 */
export class PagePromise<Item, Page> extends ApiPromise<Page> implements AsyncIterable<Item> {
  readonly #source: PageSource<Page>;

  /** @internal */
  constructor(source: PageSource<Page>) {
    super(source.first);
    this.#source = source;
  }

  /**
   * Page after page.
   *
   * @throws {@link ApiResponseError} if the pages do not come to an end: one without items announces another, or one
   *   comes a second time.
   */
  async *pages(): AsyncGenerator<Page, void, undefined> {
    for await (const { page } of this.#walk()) yield page;
  }

  /**
   * Item after item, across pages.
   *
   * @throws {@link ApiResponseError} as {@link PagePromise.pages} does.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const { items } of this.#walk()) yield* items;
  }

  async *#walk(): AsyncGenerator<{ page: Page; items: readonly Item[] }, void, undefined> {
    const { pagination, firstPage, first, load, fail } = this.#source;
    const seen = new Set<string>();
    let answer = await first;
    for (let number = firstPage; ; answer = await load(++number)) {
      const items = valueAt(answer.body, pagination.items);
      if (!Array.isArray(items)) throw fail(answer, `a body without a list at ${pagination.items}`);
      const hasNext = valueAt(answer.body, pagination.hasNext) === true;
      const identity = identify(answer.body, pagination, items);
      if (items.length > 0 && seen.has(identity)) throw fail(answer, "a page that it sent before");
      // Only the last page is compared by content, so that a long list is not kept in memory.
      if (!identity.startsWith("page")) seen.clear();
      seen.add(identity);
      yield { page: answer.data, items };
      if (!hasNext) return;
      if (items.length === 0) throw fail(answer, "a page without items that announces another");
    }
  }
}

/** What tells a page from others: the number that it bears beside `hasNext`, else what is on it. */
function identify(body: unknown, { page, hasNext }: Pagination, items: readonly unknown[]): string {
  const number = valueAt(body, hasNext.replace(/[^/]*$/, page.replaceAll("~", "~0").replaceAll("/", "~1")));
  return typeof number === "number" ? `page ${number}` : JSON.stringify(items);
}
