import type { IncomingMessage } from "node:http";
import type { MockedApi } from "./mocked-api.js";
import type { Answer } from "./problems.js";

/** What the index says of one API. */
interface IndexEntry {
  /** The name, which is also the prefix of its paths. */
  name: string;
  /** From the description. */
  title: string;
  version: string;
  /** How many operations it has. */
  operations: number;
  /** What a client takes as its base URL. */
  baseUrl: string;
}

/**
 * Lists the APIs: as a page for browsers, as JSON for everything else.
 *
 * @param origin where the mock is, as the client has called it.
 */
export function indexPage(
  { headers }: IncomingMessage,
  mocked: ReadonlyMap<string, MockedApi>,
  origin: string,
): Answer {
  const apis = [...mocked.values()].map(({ name, title, version, engine }): IndexEntry => {
    return { name, title, version, operations: engine.operations.length, baseUrl: `${origin}/${name}` };
  });
  if (!headers.accept?.includes("text/html")) {
    return { status: 200, headers: { "content-type": "application/json" }, body: { apis } };
  }
  const isStateful = [...mocked.values()].some(({ state }) => state !== undefined);
  const rows = apis.map(
    ({ title, version, operations, baseUrl }) =>
      `<li><strong>${escapeHtml(title)}</strong> ${escapeHtml(version)}: <code>${baseUrl}</code>, ${operations} operations</li>`,
  );
  return { status: 200, headers: { "content-type": "text/html" }, body: page(rows.join("\n"), isStateful) };
}

function page(rows: string, isStateful: boolean): string {
  const keeps = " What is created is kept until <code>POST &lt;base URL&gt;/_mock/reset</code>.";
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>agent-apis mock</title>
<style>body { font: 1rem/1.6 system-ui, sans-serif; margin: 3rem auto; max-width: 45rem; padding: 0 1rem }</style>
<h1>agent-apis mock</h1>
<p>Every answer is ${isStateful ? "made after " : ""}an example from an API's description.${isStateful ? keeps : ""} Ask for another one with a header:
<code>Prefer: code=429</code> or <code>Prefer: example=name</code>; for one that goes wrong with <code>Mock-Fault: cut</code>.</p>
<ul>
${rows}
</ul>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
