import { expectTypeOf, test } from "vitest";
import {
  type ApiPromise,
  type ApiStatusError,
  type DocumentedError,
  documentedErrorClass,
  type ErrorClass,
  type EventStream,
  type WithDefaults,
} from "../../runtime/index.js";

test("fields that the constructor supplies become optional, and nothing else changes", () => {
  interface Body {
    readonly tenantId: string;
    text: string;
    tags?: string[];
  }
  expectTypeOf<WithDefaults<Body, "tenantId">>().toEqualTypeOf<{
    readonly tenantId?: string;
    text: string;
    tags?: string[];
  }>();
});

test("an open object keeps its known fields", () => {
  type Open = { tenantId: string; text: string } & { [key: string]: unknown };
  expectTypeOf<WithDefaults<Open, "tenantId">["text"]>().toEqualTypeOf<string>();
});

test("a union stays a union", () => {
  type Either = { kind: "a"; tenantId: string; a: 1 } | { kind: "b"; tenantId: string; b: 2 };
  expectTypeOf<Extract<WithDefaults<Either, "tenantId">, { kind: "b" }>["b"]>().toEqualTypeOf<2>();
});

test("status and code narrow a documented error", () => {
  type NotesError =
    | DocumentedError<402, "INSUFFICIENT_QUOTA", { quota: number }>
    | DocumentedError<404, "NOT_FOUND", { id: string }>;
  const NotesError: ErrorClass<NotesError> = documentedErrorClass<NotesError>("NotesError");
  const narrow = (error: unknown) => {
    if (!(error instanceof NotesError)) return;
    expectTypeOf(error.code).toEqualTypeOf<"INSUFFICIENT_QUOTA" | "NOT_FOUND">();
    if (error.status === 402) expectTypeOf(error.body).toEqualTypeOf<{ quota: number }>();
    if (error.code === "NOT_FOUND") expectTypeOf(error.body).toEqualTypeOf<{ id: string }>();
    expectTypeOf(error).toExtend<ApiStatusError>();
  };
  narrow(undefined);
});

test("a call can be passed on as a promise", () => {
  expectTypeOf<ApiPromise<string>>().toExtend<Promise<string>>();
});

test("the events of a stream are told apart by their names, and a stream is no promise that await would unwrap", () => {
  type Named = { event: "token"; data: { text: string } } | { event: "done"; data: { usage: number } };
  const narrow = async (stream: EventStream<Named>) => {
    for await (const { event, data } of stream) {
      if (event === "token") expectTypeOf(data).toEqualTypeOf<{ text: string }>();
    }
  };
  expectTypeOf(narrow).returns.resolves.toBeVoid();
  expectTypeOf<Awaited<ApiPromise<string | EventStream<Named>>>>().toEqualTypeOf<string | EventStream<Named>>();
});
