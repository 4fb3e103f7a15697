import { describe, expect, test } from "vitest";
import { type Json, statefulMock } from "./calls.js";

describe("HeroBrain's API keys", () => {
  const { call } = statefulMock("herobrain", { authorization: "Bearer hb_test" });
  const create = (key: object) =>
    call("createApiKey", "POST /api/v1/api-keys", { name: "CI", tenantId: "user_12345", ...key });
  const list = async (query = "") => (await call("listApiKeys", `GET /api/v1/api-keys${query}`)).body.data.keys;

  test("show their secret when they are created, and never again", async () => {
    const { data } = (await create({ environment: "development", scopes: ["read:memories"] })).body;
    const { plainKey, ...shown } = data;
    expect(plainKey).toMatch(/^hb_prod_[0-9a-z]{36}$/);
    expect(plainKey.startsWith(shown.keyPrefix)).toBe(true);
    expect(shown).toMatchObject({ name: "CI", environment: "development", scopes: ["read:memories"] });
    const keys = await list();
    expect(keys[0]).toEqual(shown);
    expect(JSON.stringify(keys)).not.toContain(plainKey);
    expect((await create({})).body.data.plainKey).not.toBe(plainKey);
  });

  test("are gone when they are revoked, for their usage, too", async () => {
    const { id } = (await create({})).body.data;
    const revoke = () => call("revokeApiKey", "POST /api/v1/api-keys/revoke", { keyId: id, tenantId: "user_12345" });
    const usage = () => call("getApiKeyUsage", `GET /api/v1/api-keys/usage?keyId=${id}`);
    expect((await usage()).status).toBe(200);
    expect((await revoke()).status).toBe(200);
    expect((await list()).map((key: Json) => key.id)).not.toContain(id);
    expect([(await revoke()).status, (await usage()).status]).toEqual([404, 404]);
    expect((await call("getApiKeyUsage", "GET /api/v1/api-keys/usage")).status).toBe(200);
  });

  test("are accepted as credentials until they are revoked", async () => {
    const { id, plainKey } = (await create({})).body.data;
    const memories = () =>
      call("listMemories", "GET /api/v1/memories?tenantId=t", undefined, { authorization: `Bearer ${plainKey}` });
    expect((await memories()).status).toBe(200);
    await call("revokeApiKey", "POST /api/v1/api-keys/revoke", { keyId: id, tenantId: "user_12345" });
    const { status, body } = await memories();
    expect([status, body.errors[0].code]).toEqual([401, "AUTH_INVALID"]);
    expect(await list()).toHaveLength(1);
  });

  test("belong to their tenants", async () => {
    await create({ tenantId: "user_2", name: "Theirs" });
    expect((await list("?tenantId=user_2")).map((key: Json) => key.name)).toEqual(["Theirs"]);
    expect((await list("?tenantId=user_12345")).map((key: Json) => key.name)).toEqual(["Production API Key"]);
    expect(await list()).toHaveLength(2);
  });
});

describe("HeroBrain's webhooks", () => {
  const { call } = statefulMock("herobrain", { authorization: "Bearer hb_test" });
  const webhook = { name: "Sync", url: "https://example.com/hook", events: ["memory.created"], secret: "s3cret" };

  test("are listed without their secret, can be tested, and are gone when they are deleted", async () => {
    const { data } = (await call("createWebhook", "POST /api/v1/webhooks", webhook)).body;
    const { secret: _secret, ...shown } = webhook;
    expect(data).toEqual({ id: data.id, ...shown, status: "active" });
    const list = async () => (await call("listWebhooks", "GET /api/v1/webhooks")).body.data;
    expect((await list())[0]).toEqual(data);
    const trial = () => call("testWebhook", `POST /api/v1/webhooks/${data.id}/test`);
    expect((await trial()).body.data).toEqual({ delivered: true });
    const remove = () => call("deleteWebhook", `DELETE /api/v1/webhooks/${data.id}`);
    expect((await remove()).status).toBe(200);
    expect([(await remove()).status, (await trial()).status]).toEqual([404, 404]);
    expect(await list()).toHaveLength(1);
  });
});

describe("HERO", () => {
  const { call } = statefulMock("hero", { authorization: "Bearer hero_ak_test" });
  const read = (id: string) => call("getDocument", `GET /api/document/${id}`);
  const known = "0f9e8d7c-5b4a-4392-8170-6a5b4c3d2e1f";

  test("keeps documents: what was created is read alone and among others", async () => {
    const { body } = await call("createDocument", "POST /api/document", {
      name: "Plan",
      type: "FOLDER",
      projectId: "p1",
    });
    const document = body.data;
    expect(document).toMatchObject({ name: "Plan", type: "FOLDER", projectId: "p1", isDeleted: false });
    expect(document.createdAt).toBeGreaterThan(1.7e12);
    expect((await read(document._id)).body.data).toEqual(document);
    const many = await call("getDocuments", "POST /api/document/get-documents", { data: [known, document._id] });
    expect(many.body.data.map((one: Json) => one._id)).toEqual([known, document._id]);
  });

  test("answers none of several documents if one is not there, and refuses what refers to it", async () => {
    const strange = "00000000-0000-4000-8000-000000000000";
    const refused = [
      await read(strange),
      await call("getDocuments", "POST /api/document/get-documents", { data: [known, strange] }),
      await call("createSnapshot", "POST /api/snapshot", { documentId: strange, name: "Before" }),
      await call("inviteUserToDocument", "POST /api/document/invite-user", {
        email: "sam@example.com",
        documentId: strange,
        role: "viewer",
      }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    const snapshot = { documentId: known, name: "Before" };
    expect((await call("createSnapshot", "POST /api/snapshot", snapshot)).body.data).toMatchObject(snapshot);
  });

  test("keeps API keys: the secret is shown once, and a revoked key is not listed", async () => {
    const sent = { name: "Build", workspace_scope: "specific", workspace_ids: ["w1"], expires_in_days: 30 };
    const { accessToken, tokenId, expiresAt } = (await call("createApiKey", "POST /api/api-key", sent)).body.data;
    expect(accessToken).toMatch(/^hero_ak_[0-9a-f]{32}$/);
    const list = async () => (await call("listApiKeys", "GET /api/api-key")).body.data;
    const [key] = await list();
    expect(key).toMatchObject({ _id: tokenId, name: "Build", workspaceScope: "specific", workspaceIds: ["w1"] });
    expect(key.accessTokenExpiresAt).toBe(expiresAt);
    expect(expiresAt - key.createdAt).toBe(30 * 86_400_000);
    expect(JSON.stringify(await list())).not.toContain(accessToken);
    const revoke = () => call("revokeApiKey", `DELETE /api/api-key/${tokenId}`);
    expect((await revoke()).body.data).toEqual({ revoked: true });
    expect((await revoke()).status).toBe(404);
    expect(await list()).toHaveLength(1);
    const forever = { name: "Forever", workspace_scope: "all", expires_in_days: null };
    expect((await call("createApiKey", "POST /api/api-key", forever)).body.data.expiresAt).toBeNull();
  });
});

describe("HeyCMO", () => {
  const { call, mock } = statefulMock("heycmo", { authorization: "Bearer hcmo_live_test" });

  test("counts the hooks of a customer, of which its description shows nothing", async () => {
    const hook = { url: "https://example.com/hook", events: ["content.published"] };
    const customer = "3f1c8a52-6d0e-4b7a-9c41-2e5d7f80b6a3";
    expect((await call("createHook", `POST /api/hooks/${customer}`, hook)).body).toEqual({});
    const state = await fetch(`${mock().baseUrls.heycmo}/_mock/state`);
    expect(await state.json()).toEqual({ collections: { hooks: { count: 1, scopes: { [customer]: 1 } } } });
  });
});
