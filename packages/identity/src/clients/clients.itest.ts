import type { UserActor } from "@mgs/core/actor";
import { systemClock } from "@mgs/core/clock";
import { uuidv7 } from "@mgs/core/ids";
import { SCOPES } from "@mgs/core/scopes";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { clientSecretMatches } from "./client-secret";
import { createClientUseRecorder } from "./client-use-recorder";
import { findClient } from "./clients.repository";
import { createClient } from "./create-client";
import { ensureFirstPartyClients } from "./ensure-first-party-clients";
import { revokeClient } from "./revoke-client";
import { endPreviousSecret, rotateSecret } from "./rotate-secret";
import { searchClients } from "./search-clients";
import { showClient } from "./show-client";
import { type UpdateClientInput, updateClient } from "./update-client";

const SYSTEM = { kind: "system", name: "test" } as const;
const COLLEAGUE: UserActor = {
  kind: "user",
  userId: 2,
  role: "direction",
  locale: "fr",
  userSessionId: "019ab000-0000-7000-8000-000000000002",
  clientId: "administration",
  scopes: [...SCOPES],
};
const WEB = { name: "Agenda", redirectUris: ["https://agenda.mgs.mg/retour"] };

let test: TestDatabase;
let now = new Date();
/** The trail is append-only: a test reads what came after its own beginning. */
let since = uuidv7();
const trail = () => test.database.auditEvent.findMany({ where: { id: { gt: since } }, orderBy: { id: "asc" } });
const tokensEnded: string[] = [];
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  now = new Date();
  tokensEnded.length = 0;
  await test.database.client.deleteMany();
  await test.database.clientUse.deleteMany();
  since = uuidv7();
});

const deps = () => ({
  database: test.database,
  clock: { ...systemClock, now: () => now },
  identityHooks: [{ onClientTokensEnd: async (_: unknown, id: string) => void tokensEnded.push(id) }],
  enqueuer: { enqueue: async () => true, close: async () => undefined },
  countLiveAccessTokens: async () => 3,
});
const create = (input: Parameters<typeof createClient>[2] = WEB) => createClient(deps(), SYSTEM, input);
const opens = async (id: string, secret: string): Promise<boolean> => {
  const client = await findClient(test.database, id);
  return client !== null && clientSecretMatches(deps(), client, secret);
};
const edit = async (id: string, change: Partial<UpdateClientInput>) => {
  const row = await test.database.client.findUniqueOrThrow({ where: { id } });
  const { version, name, redirectUris, postLogoutRedirectUris, backchannelLogoutUri, scopes, pkceExempt } = row;
  const now = { version, name, redirectUris, postLogoutRedirectUris, backchannelLogoutUri, scopes, pkceExempt };
  return updateClient(deps(), SYSTEM, { clientId: id, ...now, ...change });
};
const lastEntry = async () => (await trail()).at(-1);

describe("a client is made", () => {
  it("with its addresses checked, each problem in its own words", async () => {
    const refused = createClient(deps(), SYSTEM, {
      name: " ",
      redirectUris: ["https://a.mg/ok", "http://a.mg/", "https://a.mg/#x"],
      postLogoutRedirectUris: ["https://u:p@a.mg/"],
      backchannelLogoutUri: "/logout",
    });
    await expect(refused).rejects.toMatchObject({
      code: "VALIDATION_ERROR",
      details: [
        { path: "name", message: "REQUIRED" },
        { path: "redirectUris.1", message: "URI_NOT_HTTPS" },
        { path: "redirectUris.2", message: "URI_FRAGMENT" },
        { path: "postLogoutRedirectUris.0", message: "URI_CREDENTIALS" },
        { path: "backchannelLogoutUri", message: "URI_NOT_ABSOLUTE" },
      ],
    });
    await expect(create({ name: "Sans adresse" })).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
    await expect(create({ name: "ERP", machine: true, pkceExempt: true })).rejects.toMatchObject({
      details: [{ path: "pkceExempt", message: "EXEMPTION_WITHOUT_CODE_FLOW" }],
    });
    expect(await test.database.client.count()).toBe(0);
  });

  it("with an entry in the trail that has everything but the secret", async () => {
    const made = await create({ ...WEB, pkceExempt: true });
    const entry = await lastEntry();
    expect(entry).toMatchObject({ action: "client.created", subject: made.client_id });
    expect(entry?.details).toMatchObject({ name: "Agenda", pkceExempt: true, redirectUris: WEB.redirectUris });
    expect(JSON.stringify(entry)).not.toContain(made.client_secret);
    expect(await opens(made.client_id, made.client_secret)).toBe(true);
  });
});

describe("a request whose answer was lost, sent again with its key", () => {
  it("makes one client, whose secret is that of the last answer", async () => {
    const key = { idempotencyKey: "0".repeat(32) };
    const [lost, seen] = [await createClient(deps(), SYSTEM, WEB, key), await createClient(deps(), SYSTEM, WEB, key)];
    expect(seen.client_id).toBe(lost.client_id);
    expect(await test.database.client.count()).toBe(1);
    expect([await opens(seen.client_id, lost.client_secret), await opens(seen.client_id, seen.client_secret)]).toEqual([
      false,
      true,
    ]);
    const other = await createClient(deps(), SYSTEM, WEB, { idempotencyKey: "1".repeat(32) });
    expect(other.client_id).not.toBe(seen.client_id);
  });

  it("rotates once: the secret that the client works with goes on opening", async () => {
    const { client_id: id, client_secret: first } = await create();
    const rotate = (idempotencyKey: string) =>
      rotateSecret(deps(), SYSTEM, id, { overlapSeconds: 60 }, { idempotencyKey });
    const lost = await rotate("a");
    const seen = await rotate("a");
    expect([await opens(id, first), await opens(id, lost.client_secret), await opens(id, seen.client_secret)]).toEqual([
      true,
      false,
      true,
    ]);
    await rotate("b");
    expect([await opens(id, first), await opens(id, seen.client_secret)]).toEqual([false, true]);
  });
});

describe("a rotated secret", () => {
  it("opens beside the one before for the time that was set, and never the one before that", async () => {
    const { client_id: id, client_secret: first } = await create();
    const second = await rotateSecret(deps(), SYSTEM, id, { overlapSeconds: 3_600 });
    expect(second.previous_secret_until).toBe(new Date(now.getTime() + 3_600_000).toISOString());
    expect([await opens(id, first), await opens(id, second.client_secret)]).toEqual([true, true]);
    expect(await opens(id, "another")).toBe(false);
    const third = await rotateSecret(deps(), SYSTEM, id, { overlapSeconds: 3_600 });
    expect([await opens(id, first), await opens(id, second.client_secret)]).toEqual([false, true]);
    expect(await opens(id, third.client_secret)).toBe(true);
    await test.database.client.update({ where: { id }, data: { previousSecretUntil: new Date(Date.now() - 1) } });
    expect([await opens(id, second.client_secret), await opens(id, third.client_secret)]).toEqual([false, true]);
    const written = JSON.stringify(await trail());
    for (const secret of [first, second.client_secret, third.client_secret]) expect(written).not.toContain(secret);
  });

  it("ends the one before at once where no time was set, and ahead of its time when somebody says so", async () => {
    const { client_id: id, client_secret: first } = await create();
    const second = await rotateSecret(deps(), SYSTEM, id);
    expect([await opens(id, first), await opens(id, second.client_secret)]).toEqual([false, true]);
    const third = await rotateSecret(deps(), SYSTEM, id, { overlapSeconds: 60 });
    expect(await endPreviousSecret(deps(), SYSTEM, id)).toEqual({ changed: true });
    expect([await opens(id, second.client_secret), await opens(id, third.client_secret)]).toEqual([false, true]);
    expect(await lastEntry()).toMatchObject({ action: "client.previous-secret-ended", subject: id });
    expect(await endPreviousSecret(deps(), SYSTEM, id)).toEqual({ changed: false });
  });

  it("refuses a time that is negative, broken or longer than thirty days", async () => {
    const { client_id: id, client_secret: first } = await create();
    for (const overlapSeconds of [-1, 1.5, 31 * 86_400, Number.NaN])
      await expect(rotateSecret(deps(), SYSTEM, id, { overlapSeconds })).rejects.toMatchObject({
        code: "VALIDATION_ERROR",
      });
    expect(await opens(id, first)).toBe(true);
  });
});

describe("an edit", () => {
  it("holds for the next look-up, and tells the trail what was and what is", async () => {
    const { client_id: id } = await create();
    const redirectUris = ["https://agenda.mgs.mg/nouveau"];
    expect(await edit(id, { redirectUris, pkceExempt: true })).toEqual({ changed: ["redirectUris", "pkceExempt"] });
    expect(await findClient(test.database, id)).toMatchObject({ redirectUris, pkceExempt: true, version: 2 });
    expect(await lastEntry()).toMatchObject({
      action: "client.changed",
      details: {
        before: { redirectUris: WEB.redirectUris, pkceExempt: false },
        after: { redirectUris, pkceExempt: true },
      },
    });
    expect(tokensEnded).toEqual([]);
    expect(await edit(id, {})).toEqual({ changed: [] });
  });

  it("that began before another one is refused, whichever of them is first", async () => {
    const { client_id: id } = await create();
    const edits = ["A", "B", "C"].map((name) => edit(id, { version: 1, name }));
    const outcomes = await Promise.allSettled(edits);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "CONFLICT" });
    expect((await trail()).filter(({ action }) => action === "client.changed")).toHaveLength(1);
  });

  it("that takes a scope ends the client's tokens; one that adds a scope does not", async () => {
    const { client_id: id } = await create({ ...WEB, scopes: ["openid"] });
    await edit(id, { scopes: ["openid", "email"] });
    expect(tokensEnded).toEqual([]);
    await edit(id, { scopes: ["openid"] });
    expect(tokensEnded).toEqual([id]);
  });

  it("keeps an old address that today's rules would refuse, and takes no new one", async () => {
    const { client_id: id } = await create();
    const old = "http://intranet.mgs.mg/retour";
    await test.database.client.update({ where: { id }, data: { redirectUris: [old] } });
    await edit(id, { name: "Intranet" });
    await expect(edit(id, { redirectUris: [old, "http://neuf.mgs.mg/retour"] })).rejects.toMatchObject({
      details: [{ path: "redirectUris.1", message: "URI_NOT_HTTPS" }],
    });
  });
});

describe("what is not for everybody", () => {
  it("nobody but administration and the command line may read or change clients", async () => {
    const { client_id: id } = await create();
    const calls = [
      () => createClient(deps(), COLLEAGUE, WEB),
      () => searchClients(deps(), COLLEAGUE, {}),
      () => showClient(deps(), COLLEAGUE, id),
      () => rotateSecret(deps(), COLLEAGUE, id),
      () => endPreviousSecret(deps(), COLLEAGUE, id),
      () => revokeClient(deps(), COLLEAGUE, id),
      () => updateClient(deps(), COLLEAGUE, { ...NOTHING, clientId: id }),
      // An application that an administrator has let act for them is no administrator.
      () => searchClients(deps(), { ...COLLEAGUE, role: "administrateur", clientId: "agenda" }, {}),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("an administrator acts with a fresh proof alone, and reads without one", async () => {
    const { client_id: id, client_secret: secret } = await create();
    const stale: UserActor = { ...COLLEAGUE, role: "administrateur", userSessionId: uuidv7() };
    for (const act of [
      () => createClient(deps(), stale, WEB),
      () => rotateSecret(deps(), stale, id),
      () => endPreviousSecret(deps(), stale, id),
      () => revokeClient(deps(), stale, id),
      () => updateClient(deps(), stale, { ...NOTHING, clientId: id }),
    ])
      await expect(act()).rejects.toMatchObject({ code: "PROOF_REQUIRED" });
    expect(await opens(id, secret)).toBe(true);
    expect(await showClient(deps(), stale, id)).toMatchObject({ name: "Agenda", version: 1 });
  });

  it("a portal's own client is shown, and never changed", async () => {
    const urls = { administration: "http://a.mg", commercial: "http://c.mg", "gestion-dossier": "http://g.mg" };
    await ensureFirstPartyClients(test.database, { urls, secrets: { commercial: "c", "gestion-dossier": "g" } });
    const { clients } = await searchClients(deps(), SYSTEM, { kind: "portal" });
    expect(clients.map(({ client_id }) => client_id)).toEqual(["administration", "commercial", "gestion-dossier"]);
    for (const act of [
      () => rotateSecret(deps(), SYSTEM, "commercial"),
      () => revokeClient(deps(), SYSTEM, "commercial"),
      () => updateClient(deps(), SYSTEM, { ...NOTHING, clientId: "commercial" }),
      () => endPreviousSecret(deps(), SYSTEM, "commercial"),
    ])
      await expect(act()).rejects.toMatchObject({ code: "PORTAL_CLIENT" });
  });

  it("an unknown client is not found, also under a name that PostgreSQL cannot hold", async () => {
    for (const id of ["nobody", "a\u0000b", ""])
      await expect(rotateSecret(deps(), SYSTEM, id)).rejects.toMatchObject({ code: "CLIENT_NOT_FOUND" });
  });
});
const NOTHING = {
  ...{ version: 1, name: "X", redirectUris: WEB.redirectUris, postLogoutRedirectUris: [], backchannelLogoutUri: null },
  ...{ scopes: ["openid"], pkceExempt: false },
};

describe("the list and the use of clients", () => {
  it("are found by name, kind and state", async () => {
    const web = await create();
    const robot = await create({ name: "ERP 100%", machine: true, scopes: ["notifications:send"] });
    await revokeClient(deps(), SYSTEM, robot.client_id);
    const ids = async (search: Parameters<typeof searchClients>[2]) =>
      (await searchClients(deps(), SYSTEM, search)).clients.map(({ client_id }) => client_id);
    expect(await ids({ search: "aGEN" })).toEqual([web.client_id]);
    expect(await ids({ search: "100%" })).toEqual([robot.client_id]);
    expect(await ids({ search: "%" })).toEqual([robot.client_id]);
    expect(await ids({ search: "_" })).toEqual([]);
    expect(await ids({ search: "\u0000" })).toEqual([]);
    expect(await ids({ kind: "machine" })).toEqual([robot.client_id]);
    expect(await ids({ state: "active" })).toEqual([web.client_id]);
    expect(await ids({ state: "revoked", search: robot.client_id })).toEqual([robot.client_id]);
  });

  it("counts what was recorded, of two processes at one time as well, and forgets sign-ins after thirty days", async () => {
    const { client_id: id } = await create();
    const logger = { warn: () => undefined } as never;
    const [a, b] = [1, 2].map(() => createClientUseRecorder({ database: test.database, logger }));
    for (let n = 0; n < 3; n++) a?.record({ clientId: id, isSignIn: true });
    b?.record({ clientId: id, isSignIn: true });
    b?.record({ clientId: id, isSignIn: false });
    b?.record({ clientId: "other", isSignIn: true });
    await Promise.all([a?.flush(), b?.flush()]);
    await a?.flush();
    const old = new Date(Date.now() - 31 * 86_400_000);
    await test.database.clientUse.create({ data: { clientId: id, day: old, signIns: 50, lastUsedAt: old } });
    const shown = await showClient(deps(), SYSTEM, id);
    expect(shown).toMatchObject({ sign_ins: 4, live_tokens: 3, consents: 0 });
    expect(Date.now() - Date.parse(shown.last_used_at ?? "")).toBeLessThan(60_000);
    expect((await searchClients(deps(), SYSTEM, { search: id })).clients[0]?.sign_ins).toBe(4);
  });
});
