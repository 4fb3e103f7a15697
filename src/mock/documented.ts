import type { PrismOperation, PrismResponse } from "./prism-modules.js";
import type { Answer } from "./problems.js";

/** The description of a status: its own, else that of its range (`4XX`), else the default (OpenAPI 3.2, Responses Object). */
export function documentedResponse({ responses = [] }: PrismOperation, status: number): PrismResponse | undefined {
  const find = (wanted: string) => responses.find(({ code }) => code.toUpperCase() === wanted);
  return find(String(status)) ?? find(`${Math.floor(status / 100)}XX`) ?? find("DEFAULT");
}

/** The answer with some headers in place of those that it has under these names, in any case. */
export function withHeaders(answer: Answer, headers: Record<string, unknown>): Answer {
  const replaced = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const kept = Object.entries(answer.headers).filter(([name]) => !replaced.has(name.toLowerCase()));
  return { ...answer, headers: { ...Object.fromEntries(kept), ...headers } };
}
