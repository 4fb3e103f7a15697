import { STATUS_CODES } from "node:http";
import { listErrors } from "../../clients/errors.js";
import type { Method } from "../../clients/model.js";
import { type OpenApiDocument, pointerTokens, type Response, resolve } from "../../openapi.js";
import { type Example, examplesOf } from "../operations/examples.js";

/** A kind of error that a program can tell from others: by its code, or by its status alone. */
export interface ErrorKind {
  /** The code, or the status; the name of the page. */
  readonly id: string;
  readonly code?: string;
  /** Where it is documented, in the order of the description. */
  readonly uses: readonly ErrorUse[];
}

/** An answer of an operation that may be of the kind. */
export interface ErrorUse {
  readonly method: Method;
  readonly status: number;
  readonly response: Response;
  /** An example of this kind, if there is one. */
  readonly example?: Example;
  /**
   * Whether the description ties the code to this very answer, by an example or in words. Where operations share one list
   * of codes, most of them are only possible.
   */
  readonly isNamed: boolean;
}

/** The answers that are known to be of a kind, or all that may be if none is. */
export function knownUses({ uses }: ErrorKind): readonly ErrorUse[] {
  const named = uses.filter(({ isNamed }) => isNamed);
  return named.length > 0 ? named : uses;
}

/** The statuses of a kind, in their order. */
export function statusesOf(kind: ErrorKind): number[] {
  const uses = knownUses(kind);
  return [...new Set(uses.map(({ status }) => status))].sort((a, b) => a - b);
}

/** `402 INSUFFICIENT_QUOTA`, or `404 Not Found` where a status says all. */
export function errorTitle(kind: ErrorKind): string {
  const statuses = statusesOf(kind);
  return `${statuses.join(", ")} ${kind.code ?? STATUS_CODES[statuses[0] ?? 0] ?? ""}`.trim();
}

/** All kinds of error that an API documents, by status. */
export function listErrorKinds(document: OpenApiDocument, methods: readonly Method[]): ErrorKind[] {
  const kinds = new Map<string, { code?: string; uses: ErrorUse[] }>();
  for (const method of methods) {
    for (const { id, code, ...use } of errorsOf(document, method)) {
      const kind = kinds.get(id) ?? { ...(code === undefined ? {} : { code }), uses: [] };
      kinds.set(id, kind);
      kind.uses.push({ method, ...use });
    }
  }
  const all = [...kinds].map(([id, kind]) => ({ id, ...kind }));
  return all.sort((a, b) => (statusesOf(a)[0] ?? 0) - (statusesOf(b)[0] ?? 0));
}

/** One row of an operation's table of errors. */
export interface OperationError extends Omit<ErrorUse, "method"> {
  readonly id: string;
  readonly code?: string;
}

/**
 * The errors that one operation documents. A status whose body has nothing but known codes is told by these; one that may
 * come without a known code is there by itself too.
 */
export function errorsOf(document: OpenApiDocument, { placed }: Method): OperationError[] {
  const facts = document["x-client"];
  const { operation, path, method } = placed;
  const alone = { ...document, paths: { [path]: { [method]: operation } } };
  return listErrors(alone, facts ?? { name: "" }).flatMap(({ status, variants }) => {
    const response = resolve<Response>(document, operation.responses?.[status] ?? {});
    const examples = Object.values(response.content ?? {}).flatMap((media) => examplesOf(document, media));
    const codeIn = ({ value }: Example) => codeOf(value, facts?.error?.code);
    // A code that only an example has may be a stand-in, unless the description names it.
    const told = examples.flatMap((example) => codeIn(example) ?? []).filter((code) => mentions(document, code));
    const codes = [...new Set([...variants.flatMap(({ known }) => known), ...told])];
    const isOpen = variants.length === 0 || variants.some(({ other, none }) => other || none);
    const isTold = (code: string, example: Example | undefined) =>
      example !== undefined || codes.length === 1 || (response.description ?? "").includes(`\`${code}\``);
    const byCode = codes.map((code): OperationError => {
      const example = examples.find((one) => codeIn(one) === code);
      return { id: code, code, status, response, isNamed: isTold(code, example), ...(example ? { example } : {}) };
    });
    if (!isOpen && codes.length > 0) return byCode;
    const bare =
      examples.find((one) => !codes.includes(codeIn(one) ?? "")) ?? (codes.length === 0 ? examples[0] : undefined);
    return [...byCode, { id: String(status), status, response, isNamed: true, ...(bare ? { example: bare } : {}) }];
  });
}

function codeOf(body: unknown, pointer: string | undefined): string | undefined {
  if (pointer === undefined) return undefined;
  const value = pointerTokens(pointer).reduce(
    (at: unknown, token) => (at as Record<string, unknown> | undefined)?.[token],
    body,
  );
  return typeof value === "string" ? value : undefined;
}

const spans = new WeakMap<OpenApiDocument, ReadonlySet<string>>();

/** Whether some text of a description has a code in backticks. */
function mentions(document: OpenApiDocument, code: string): boolean {
  const known =
    spans.get(document) ?? new Set([...JSON.stringify(document).matchAll(/(?<=`)[^`]+(?=`)/g)].map(([span]) => span));
  spans.set(document, known);
  return known.has(code);
}
