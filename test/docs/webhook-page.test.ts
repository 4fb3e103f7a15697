import { describe, expect, test } from "vitest";
import { twin } from "../../scripts/docs/content/twin.js";
import { pagesOfBuiltApis } from "./page-set.js";

const { apis, pages, site } = await pagesOfBuiltApis();
const withWebhooks = apis.filter(({ document }) => Object.keys(document.webhooks ?? {}).length > 0);

test("some APIs have webhooks", () => {
  expect(withWebhooks.length).toBeGreaterThan(0);
});

describe.each(withWebhooks)("the webhooks of $name", ({ name, document, entryPoints }) => {
  const events = Object.entries(document.webhooks ?? {});
  const pageOf = (event: string) => site.page(`${name}/webhooks/${event}`)!;

  test("have a page each, and no other has one", () => {
    const own = pages.filter(({ kind, api }) => kind === "webhook" && api === name);
    expect(own.map(({ title }) => title)).toEqual(events.map(([event]) => event));
  });

  test("show the headers, fields and example of a delivery", () => {
    for (const [event, item] of events) {
      const { parameters = [], requestBody } = (
        item as {
          post: { parameters?: { $ref?: string }[]; requestBody: { content: Record<string, { example?: object }> } };
        }
      ).post;
      const text = twin(pageOf(event), site);
      for (const { $ref = "" } of parameters) {
        const key = $ref.split("/").at(-1) ?? "";
        const described = document.components?.parameters?.[key] as { name: string } | undefined;
        expect(text).toContain(described?.name);
      }
      const example = Object.values(requestBody.content)[0]?.example;
      expect(text).toContain(JSON.stringify(example, null, 2));
    }
  });

  test("show how a delivery is verified, where there is something to verify it with", () => {
    for (const [event] of events) {
      expect(twin(pageOf(event), site).includes(`from "agent-apis/${name}/webhooks"`)).toBe(
        entryPoints?.webhooks !== undefined,
      );
    }
  });

  test("lead to each other", () => {
    for (const [event] of events) {
      const entries = pageOf(event).blocks.flatMap((block) => (block.kind === "entries" ? block.entries : []));
      expect(entries.map(({ title }) => title)).toEqual(events.map(([one]) => one).filter((one) => one !== event));
    }
  });
});

test("a webhook leads to the operation that its name points to", () => {
  const caused = pages
    .filter(({ kind }) => kind === "webhook")
    .flatMap((page) => {
      const facts = page.blocks.flatMap((block) => (block.kind === "facts" ? block.facts : []));
      return facts.some(([name]) => name === "Probably caused by") ? [page.title] : [];
    });
  expect(caused).toContain("memory.created");
  expect(caused).not.toContain("workflow.completed");
});
