import { version } from "typescript";
import { table } from "../../scripts/terminal.js";
import { installPacked } from "../package/consumer.js";
import {
  byPathHead,
  clientsHead,
  type Mistake,
  mistypeField,
  mistypeMethod,
  mistypePath,
  type WrittenCall,
  writeCalls,
} from "../types/calls.js";
import { Checker } from "../types/instantiations.js";

// What the clients cost the type checker, in instantiations of types, beside the same calls by path with openapi-fetch
// alone. Needs a compiled package (`npm run dist`).

const calls = writeCalls();
const consumer = await installPacked();
try {
  const checker = new Checker(consumer.folder);

  /** What lines cost above a file without them. */
  const above = (head: string, lines: readonly string[]) => {
    const { instantiations, complaints } = checker.check(`${head}${lines.join("\n")}\n`);
    return { instantiations: instantiations - checker.check(head).instantiations, complaints };
  };
  /** The dearest of some calls or mistakes, each in a file of its own. */
  const worst = (head: string, all: readonly { name: string; code: string }[]) =>
    all
      .map(({ name, code }) => ({ name, instantiations: above(head, [code]).instantiations }))
      .reduce((most, one) => (one.instantiations > most.instantiations ? one : most));
  const named = (mistake: (call: WrittenCall) => Mistake | undefined) =>
    calls.flatMap((call) => {
      const made = mistake(call);
      return made ? [{ name: call.method, ...made }] : [];
    });

  const whole = above(
    clientsHead(),
    calls.map(({ code }) => code),
  );
  const wholeByPath = above(
    byPathHead(),
    calls.map(({ byPath }) => byPath),
  );
  const each = worst(
    clientsHead(),
    calls.map(({ method, code }) => ({ name: method, code })),
  );
  const eachByPath = worst(
    byPathHead(),
    calls.map(({ method, byPath }) => ({ name: method, code: byPath })),
  );
  const methods = worst(clientsHead(), named(mistypeMethod));
  const paths = worst(byPathHead(), named(mistypePath));
  const fields = worst(clientsHead(), named(mistypeField));
  const byPathFields = worst(
    byPathHead(),
    named(({ byPath }) => {
      const at = byPath.indexOf("body: {");
      const mistake = at < 0 ? undefined : mistypeField({ code: `(${byPath.slice(at + 5)}` } as WrittenCall);
      return mistake && { ...mistake, code: byPath.slice(0, at + 5) + mistake.code.slice(1) };
    }),
  );

  const count = (value: number) => Math.round(value).toLocaleString("en");
  const ratio = (own: number, peer: number) => (own === 0 ? "0" : (own / peer).toFixed(4));
  const row = (what: string, own: number, peer: number, aim: string) => [
    what,
    count(own),
    count(peer),
    ratio(own, peer),
    aim,
  ];
  const empty = [clientsHead(), byPathHead()].map((head) => checker.check(head).instantiations);
  const rows = [
    row("a file that calls nothing", empty[0] ?? 0, empty[1] ?? 0, ""),
    row(`${calls.length} calls, one of each method`, whole.instantiations, wholeByPath.instantiations, ""),
    row(
      "a call, on average",
      whole.instantiations / calls.length,
      wholeByPath.instantiations / calls.length,
      "at most 2,000",
    ),
    row("the dearest call by itself", each.instantiations, eachByPath.instantiations, "at most 2,000"),
    row("a mistyped method or path, at most", methods.instantiations, paths.instantiations, "at most 10,000"),
    row("a mistyped field, at most", fields.instantiations, byPathFields.instantiations, "at most 10,000"),
  ];
  const heading = ["instantiations", "clients", "openapi-fetch", "ratio", "aim"];
  process.stdout.write(`${table([heading, ...rows], [1, 2, 3])}\n\n`);
  process.stdout.write(
    `The dearest: ${each.name}, by path ${eachByPath.name}; mistyped ${methods.name}, ${fields.name}, by path ${paths.name}, ${byPathFields.name}.\n`,
  );
  const create = calls.find(({ method }) => method === "herobrain.memories.create");
  if (create) {
    const mistakes = [
      ["method", clientsHead(), mistypeMethod(create)],
      ["field", clientsHead(), mistypeField(create)],
      ["path", byPathHead(), mistypePath(create)],
    ] as const;
    for (const [what, head, mistake] of mistakes) {
      const [said] = mistake ? above(head, [mistake.code]).complaints : [];
      process.stdout.write(`A mistyped ${what}: ${said?.message}\n`);
    }
  }
  const errors = [...whole.complaints, ...wholeByPath.complaints].length;
  process.stdout.write(`${errors} type errors in the calls as they should be. TypeScript ${version}.\n`);
} finally {
  await consumer.remove();
}
