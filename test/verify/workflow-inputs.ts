/** Values for the inputs of the workflows that are no credentials, by API: those of the examples, which the mock answers. */
export const WORKFLOW_INPUTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  hero: {
    sessionId: "6e2d4f8a-0b1c-4d3e-8f5a-7b9c1d2e3f40",
    documentId: "0f9e8d7c-5b4a-4392-8170-6a5b4c3d2e1f",
    email: "sam@example.com",
  },
  herobrain: {
    tenantId: "user_12345",
    url: "https://your-app.com/webhooks/herobrain",
    secret: "your-webhook-secret",
  },
  heycmo: {
    customerId: "3f1c8a52-6d0e-4b7a-9c41-2e5d7f80b6a3",
    email: "user@example.com",
    sessionId: "cs_live_a1b2c3d4e5f6g7h8",
    url: "https://example.com/hooks",
  },
  hermes: {
    password: "correct horse battery staple",
    sessionId: "a1b2c3d4e5f6",
    prefix: "/home/user/projects/w",
  },
};
