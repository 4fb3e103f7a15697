// Finds pages in the index. Few and short texts, so every page is looked at for every key: no tree, no library.
(() => {
  /**
   * @typedef {[address: string, title: string, method: string, path: string, api: string, kind: string, names: string,
   *   words: string]} Entry see scripts/docs/search/search-index.ts
   * @typedef {{ entry: Entry, titled: string[], exact: Set<string>, template: RegExp | undefined,
   *   fields: { weight: number, words: string[] }[] }} Prepared
   */

  /** Words of questions, which say nothing of the answer. */
  const idle = new Set(
    "a an and are be can do does for how i in is it me mean means my of on or the to what with".split(" "),
  );

  /** What people mean more often, where a word fits several. @type {Record<string, number>} */
  const likely = { guide: 2, operation: 1.5 };

  /** @param {string} text @returns {string[]} its words in lower case; `createMemory` is two */
  const split = (text) =>
    text
      .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];

  /** @param {string[]} words @returns {string[]} what is sometimes written as one: "log in", "web hook" */
  const joined = (words) => words.slice(1).map((word, index) => words[index] + word);

  /** @param {string} path @returns {RegExp | undefined} what a called path looks like, with values for its parameters */
  const templateOf = (path) =>
    path === ""
      ? undefined
      : new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{[^}]*\}/g, "[^/]+")}/?$`, "i");

  /**
   * @param {{ apis: Record<string, string>, entries: Entry[] }} index
   * @returns {Prepared[]}
   */
  const prepare = ({ apis, entries }) =>
    entries.map((entry) => {
      const [, title, method, path, api, kind, names, words] = entry;
      const titled = split(title);
      return {
        entry,
        titled,
        exact: new Set([title, path, `${method} ${path}`, ...names.split(" ")].map((text) => text.toLowerCase())),
        template: templateOf(path),
        fields: [
          { weight: 10, words: [...titled, ...joined(titled)] },
          { weight: 8, words: [...split(names), ...names.toLowerCase().split(" ")] },
          { weight: 5, words: split(path) },
          { weight: 4, words: [method.toLowerCase(), kind, api, ...split(apis[api] ?? "")] },
          { weight: 2, words: split(words) },
        ],
      };
    });

  /** @param {string} word of a page @param {string} term @returns {number} how well they agree, 0 to 1 */
  const agreement = (word, term) => {
    if (word === term) return 1;
    if (word.startsWith(term)) return 0.75;
    // "signs" is looked for, and "sign" is there.
    if (word.length > 3 && term.startsWith(word)) return 0.5;
    return term.length > 2 && word.includes(term) ? 0.25 : 0;
  };

  /** @param {Prepared} page @param {string} term @returns {number} */
  const scoreOf = ({ fields }, term) => {
    let best = 0;
    for (const { weight, words } of fields) {
      if (weight <= best) break;
      for (const word of words) best = Math.max(best, weight * agreement(word, term));
    }
    return best;
  };

  /**
   * @param {Prepared[]} pages
   * @param {string} query what has been typed
   * @param {string} here the API whose page this is; what is found there comes first among equals
   * @returns {Entry[]} the pages that have all terms, best first; if there are none, those that have most of them
   */
  const find = (pages, query, here) => {
    const whole = query.trim().replace(/\s+/g, " ").toLowerCase();
    const [, called] = /(?:^|\s)(?:[a-z]+:\/\/[^/\s]+)?(\/[^\s?#]+)/.exec(whole) ?? [];
    const all = split(query);
    const telling = all.filter((term) => !idle.has(term));
    const terms = telling.length > 0 ? telling : all;
    if (terms.length === 0) return [];
    const pairs = joined(all);
    const asksHow = all.includes("how");
    const found = pages.map((page) => {
      const scores = terms.map((term) => scoreOf(page, term));
      const [, , method, , api, kind] = page.entry;
      let score = scores.reduce((sum, one) => sum + one, 0);
      if (page.exact.has(whole)) score += 100;
      if (called && page.template?.test(called)) {
        // A path without parameters is a better match than one whose parameter could be anything.
        score += page.exact.has(called) ? 70 : 60;
        if (terms.includes(method.toLowerCase())) score += 20;
      }
      if (terms.some((term) => page.exact.has(term))) score += 6;
      if (pairs.some((pair) => page.fields[0]?.words.includes(pair) || page.exact.has(pair))) score += 8;
      const covered = page.titled.filter((word) => terms.some((term) => agreement(word, term) >= 0.5));
      score += (3 * covered.length) / page.titled.length;
      if (asksHow && kind === "guide") score += 8;
      score += likely[kind] ?? 0;
      if (api === here) score += 2;
      return { page, score, matched: scores.filter((one) => one > 0).length };
    });
    const most = Math.max(...found.map(({ matched, score }) => (score >= 60 ? terms.length : matched)));
    if (most === 0) return [];
    return found
      .filter(({ matched, score }) => matched === most || score >= 60)
      .sort((one, other) => other.score - one.score)
      .map(({ page }) => page.entry);
  };

  Reflect.set(globalThis, "searchRank", { prepare, find });
})();
