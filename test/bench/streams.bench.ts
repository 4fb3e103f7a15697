import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createParser } from "eventsource-parser";
import { table } from "../../scripts/terminal.js";
import type { Hero } from "../../src/hero.js";
import { openWorkshop } from "./compile.js";
import { inTurns, middle, ratioOf, verdict } from "./measure.js";

// Reading a long stream of events, with this project's client and with the parser that it stands on alone; then what the
// client keeps in memory meanwhile.

const megabyte = 1e6;
const whole = 100 * megabyte;
const rounds = 9;

/** About a megabyte of whole events, of about 200 bytes each. */
const block = new TextEncoder().encode(
  Array.from({ length: 5_000 }, (_, number) => {
    const content = `Word ${number} of an answer that is as long as what an agent has to say, é and all, so that it`;
    return `data: ${JSON.stringify({ type: "delta", data: { number, content, at: "2025-11-19T10:00:00.000Z", role: "assistant" } })}\n\n`;
  }).join(""),
);

/** An endless number of such blocks, cut off after some bytes and into pieces of a size. */
function body(bytes: number, size: number, onPiece = (_sent: number) => {}): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  let sent = 0;
  return new ReadableStream({
    pull(controller) {
      const piece = block.slice(at, at + size);
      at = (at + size) % block.length;
      sent += piece.length;
      onPiece(sent);
      controller.enqueue(piece);
      if (sent >= bytes) controller.close();
    },
  });
}

const answer = (stream: ReadableStream<Uint8Array<ArrayBuffer>>) =>
  new Response(stream, { headers: { "content-type": "text/event-stream" } });

/** @returns how many events there were. */
async function withClient(Client: typeof Hero, stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<number> {
  const client = new Client({ apiKey: "key", fetch: async () => answer(stream) });
  let events = 0;
  for await (const event of client.ai.stream({ chatMessages: [{ type: "user", text: "Hello" }] })) {
    if (event.type === "delta") events += 1;
  }
  return events;
}

async function withParser(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<number> {
  let events = 0;
  const parser = createParser({
    onEvent: ({ data }) => {
      if (JSON.parse(data).type === "delta") events += 1;
    },
  });
  const decoder = new TextDecoder();
  const reader = answer(stream).body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    parser.feed(decoder.decode(next.value, { stream: true }));
  }
  return events;
}

/** What the heap holds while a stream is read, in bytes above the start: at its highest, and at the end. */
interface Heap {
  readonly peak: number;
  readonly end: number;
}

async function watchHeap(Client: typeof Hero): Promise<Heap> {
  const used = () => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  await withClient(Client, body(2 * megabyte, 16_384));
  const start = used();
  let peak = 0;
  let next = megabyte;
  const note = (sent: number) => {
    if (sent < next) return;
    next += 2 * megabyte;
    peak = Math.max(peak, used() - start);
  };
  await withClient(Client, body(whole, 16_384, note));
  return { peak, end: used() - start };
}

async function compare(Client: typeof Hero): Promise<void> {
  const rows: string[][] = [];
  for (const [name, size, bytes] of [
    ["16 KiB", 16_384, whole / rounds],
    ["64 bytes", 64, whole / rounds],
  ] as const) {
    const counts = [await withClient(Client, body(megabyte, size)), await withParser(body(megabyte, size))];
    if (counts[0] !== counts[1]) throw new Error(`The client reads ${counts[0]} events, the parser ${counts[1]}.`);
    const times = await inTurns(rounds, {
      client: () => withClient(Client, body(bytes, size)),
      parser: () => withParser(body(bytes, size)),
    });
    const [ours = [], parser = []] = times.values();
    const speed = (of: readonly number[]) => (bytes / megabyte / (middle(of) / 1000)).toFixed(1);
    const ratio = ratioOf(parser, ours);
    rows.push([name, speed(ours), speed(parser), ratio.toFixed(2), "at least 0.80", verdict(ratio >= 0.8)]);
  }
  const heading = ["megabytes a second, in pieces of", "client", "parser", "ratio", "aim", ""];
  process.stdout.write(`${table([heading, ...rows], [1, 2, 3])}\n\n`);

  const child = spawnSync(
    process.execPath,
    ["--expose-gc", "--import", import.meta.resolve("tsx/esm"), fileURLToPath(import.meta.url)],
    { encoding: "utf8", env: { ...process.env, HEAP_OF: compiled } },
  );
  if (child.status !== 0) throw new Error(`The heap could not be watched:\n${child.stderr}`);
  const { peak, end }: Heap = JSON.parse(child.stdout);
  const held = (value: number) => `${(value / megabyte).toFixed(1)} MB`;
  const isConstant = peak <= 4 * megabyte;
  const row = ["heap above the start, 100 MB read", held(peak), held(end), "at most 4 MB", verdict(isConstant)];
  process.stdout.write(`${table([["", "peak", "end", "aim", ""], row], [1, 2])}\n\n`);
  process.stdout.write(
    `Processor time, medians of ${rounds} rounds, JSON.parse included, events of ${Math.round(block.length / 5_000)} bytes,\nNode ${process.versions.node}.\n`,
  );
}

const compiledBefore = process.env.HEAP_OF;
const workshop = compiledBefore ? undefined : await openWorkshop();
const compiled = compiledBefore ?? (await workshop?.compile("src/hero.ts")) ?? "";
try {
  const { Hero: Client } = await import(compiled);
  if (compiledBefore) process.stdout.write(JSON.stringify(await watchHeap(Client)));
  else await compare(Client);
} finally {
  await workshop?.remove();
}
