import { listMethods } from "../../clients/model.js";
import { listOperations } from "../../openapi.js";
import type { Page } from "../content/page.js";
import { errorPages } from "../errors/error-pages.js";
import type { DocumentedApi } from "../model.js";
import { webhookPages } from "../webhooks/webhook-page.js";
import { disputesByOperation } from "./disputes.js";
import { operationPage } from "./operation-page.js";

/**
 * The pages of an API that its description makes: those of its operations, webhooks and errors.
 *
 * @param guides the pages of its guides.
 */
export function apiPages(api: DocumentedApi, guides: readonly Page[]): Page[] {
  const { document } = api;
  const facts = document["x-client"];
  const operations = listOperations(document);
  const methods = facts ? listMethods(document, facts) : [];
  const disputes = disputesByOperation(api, methods);
  const known = new Set(guides.map(({ address }) => address.slice(address.lastIndexOf("/") + 1)));
  const guide = (...names: readonly string[]) => names.find((name) => known.has(name));
  return [
    ...operations.map((placed) => {
      const { operationId } = placed.operation;
      const method = methods.find((one) => one.placed.operation === placed.operation);
      return operationPage(api, placed, method, { operations, disputes: disputes.get(operationId) ?? [], guide });
    }),
    ...webhookPages(api, guide),
    ...errorPages(api, methods, guide),
  ];
}
