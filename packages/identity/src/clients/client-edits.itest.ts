import type { UserActor } from "@mgs/core/actor";
import { uuidv7 } from "@mgs/core/ids";
import { describe, expect, it } from "vitest";
import { createClientUseRecorder } from "./client-use-recorder";
import { findClient } from "./clients.repository";
import { createClient } from "./create-client";
import { ensureFirstPartyClients } from "./ensure-first-party-clients";
import { revokeClient } from "./revoke-client";
import { endPreviousSecret, rotateSecret } from "./rotate-secret";
import { searchClients } from "./search-clients";
import { showClient } from "./show-client";
import { COLLEAGUE, SYSTEM, useClientStage, WEB } from "./testing/use-client-stage";
import { type UpdateClientInput, updateClient } from "./update-client";

const stage = useClientStage();
const { deps, create, opens, trail, tokensEnded } = stage;
const lastEntry = async () => (await trail()).at(-1);

const edit = async (id: string, change: Partial<UpdateClientInput>) => {
  const row = await stage.database.client.findUniqueOrThrow({ where: { id } });
  const { version, name, redirectUris, postLogoutRedirectUris, backchannelLogoutUri, scopes, pkceExempt } = row;
  const now = { version, name, redirectUris, postLogoutRedirectUris, backchannelLogoutUri, scopes, pkceExempt };
  return updateClient(deps(), SYSTEM, { clientId: id, ...now, ...change });
};

const NOTHING = {
  ...{ version: 1, name: "X", redirectUris: WEB.redirectUris, postLogoutRedirectUris: [], backchannelLogoutUri: null },
  ...{ scopes: ["openid"], pkceExempt: false },
};

describe("an edit", () => {
  it("holds for the next look-up, and tells the trail what was and what is", async () => {
    const { client_id: id } = await create();
    const redirectUris = ["https://agenda.mgs.mg/nouveau"];
    expect(await edit(id, { redirectUris, pkceExempt: true })).toEqual({ changed: ["redirectUris", "pkceExempt"] });
    expect(await findClient(stage.database, id)).toMatchObject({ redirectUris, pkceExempt: true, version: 2 });
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
    await stage.database.client.update({ where: { id }, data: { redirectUris: [old] } });
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
    await ensureFirstPartyClients(stage.database, { urls, secrets: { commercial: "c", "gestion-dossier": "g" } });
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
    const [a, b] = [1, 2].map(() => createClientUseRecorder({ database: stage.database, logger }));
    for (let n = 0; n < 3; n++) a?.record({ clientId: id, isSignIn: true });
    b?.record({ clientId: id, isSignIn: true });
    b?.record({ clientId: id, isSignIn: false });
    b?.record({ clientId: "other", isSignIn: true });
    await Promise.all([a?.flush(), b?.flush()]);
    await a?.flush();
    const old = new Date(Date.now() - 31 * 86_400_000);
    await stage.database.clientUse.create({ data: { clientId: id, day: old, signIns: 50, lastUsedAt: old } });
    const shown = await showClient(deps(), SYSTEM, id);
    expect(shown).toMatchObject({ sign_ins: 4, live_tokens: 3, consents: 0 });
    expect(Date.now() - Date.parse(shown.last_used_at ?? "")).toBeLessThan(60_000);
    expect((await searchClients(deps(), SYSTEM, { search: id })).clients[0]?.sign_ins).toBe(4);
  });
});
