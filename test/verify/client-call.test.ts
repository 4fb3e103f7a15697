import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Listening, listen } from "../../src/server/listen.js";
import { casesFor, describedApis, loadDescription } from "../../src/testing/index.js";
import { clientCall } from "../../src/verify/client-call.js";
import { factsOf } from "../../src/verify/facts.js";
import { clients } from "../contract/clients.js";

interface Received {
  readonly line: string;
  readonly body: string;
}

const seen: Received[] = [];
let listening: Listening;
beforeAll(async () => {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { pathname, searchParams } = new URL(request.url ?? "", "http://x");
    searchParams.sort();
    seen.push({ line: `${request.method} ${pathname}?${searchParams}`, body });
    response.writeHead(400).end();
  });
  listening = await listen(server);
});
afterAll(() => listening.close());

describe.each(describedApis())("the call of the typed client that a finding shows, for %s", (api) => {
  const description = loadDescription(api);
  const { name } = factsOf(description);
  test.each(description.operations.map((operation) => [operation.operationId, operation] as const))(
    "%s sends what the case sends",
    async (operationId, operation) => {
      const { cases } = await casesFor(description, operationId);
      const [made] = cases;
      const call = made && clientCall(description.document, operation, made, name);
      if (!made || !call) throw new Error(`There is no call for ${operationId}.`);
      // A long call is cut, and a file cannot be written down.
      if (call.endsWith("…") || made.files) return;
      seen.length = 0;
      const client = clients[api]?.(listening.origin);
      const variable = (name[0] ?? "").toLowerCase() + name.slice(1);
      const consumed = `(async () => { const it = ${call.replace(/^await /, "")}; if (it.then) return it; for await (const _ of it) return; })()`;
      await new Function(variable, `return ${consumed};`)(client).catch(() => {});
      const [received] = seen;
      const query = new URLSearchParams(
        made.query.map((pair) => [decodeURIComponent(pair.name), decodeURIComponent(pair.value)]),
      );
      if (operation.security.some((one) => "mcpToken" in one))
        query.set("token", String(new URLSearchParams(received?.line.split("?")[1]).get("token")));
      query.sort();
      expect(received?.line).toBe(`${made.method} ${made.path}?${query}`);
      if (made.body !== undefined && made.contentType === "application/json") {
        expect(JSON.parse(received?.body || "{}")).toEqual(made.body);
      }
    },
  );
});
