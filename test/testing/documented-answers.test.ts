import { expect, test } from "vitest";
import { documentedAnswers, findOperation, loadDescription } from "../../src/testing/index.js";
import { kitchenSink } from "./kitchen-sink.js";

test("every status, media type and named example of an operation is an answer to ask for", () => {
  const description = loadDescription(kitchenSink());
  const answers = documentedAnswers(description, findOperation(description, "readAnswers"));
  expect(answers.map(({ id, status, mediaType, example }) => [id, status, mediaType, example])).toEqual([
    ["200, application/json", 200, "application/json", undefined],
    ["200, text/html", 200, "text/html", undefined],
    ["202", 202, "text/event-stream", undefined],
    ["204", 204, undefined, undefined],
    ["206", 206, "application/octet-stream", undefined],
    ["302", 302, undefined, undefined],
    ["401", 401, "application/json", undefined],
    ["401, example usual", 401, "application/json", "usual"],
    ["4XX", 400, "application/json", undefined],
    ["4XX, example usual", 400, "application/json", "usual"],
    ["default", 500, "application/json", undefined],
    ["default, example usual", 500, "application/json", "usual"],
  ]);
});

test("a range is asked for by a status that is not described by itself", () => {
  const document = kitchenSink();
  const { responses } = document.paths["/answers"].get;
  Object.assign(responses, { "400": responses["401"], "5XX": responses["401"] });
  const description = loadDescription(document);
  const answers = documentedAnswers(description, findOperation(description, "readAnswers"));
  const status = (id: string) => answers.find((answer) => answer.id === id)?.status;
  expect([status("4XX"), status("5XX")]).toEqual([402, 500]);
});
