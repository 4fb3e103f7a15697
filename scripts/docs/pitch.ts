/** What the site is, in two sentences. */
export const pitch =
  "OpenAPI descriptions, typed clients, mocks and contract tests for the HTTP APIs of agent platforms. " +
  "Every statement of a description says how well it is known: documented, observed or inferred.";
