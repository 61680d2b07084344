import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Actor } from "@mgs/core/actor";
import { systemClock } from "@mgs/core/clock";
import { uuidv7 } from "@mgs/core/ids";
import { createLogger } from "@mgs/core/logger";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { createLocalJWKSet, createRemoteJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sendBackchannelLogout } from "../backchannel-logout";
import { TestBrowser } from "../testing/browser";
import { insertTestClient, startProvider, type TestProvider } from "../testing/provider-server";
import { signIn } from "../testing/relying-party";
import { listSigningKeys } from "./list-signing-keys";
import { maintainSigningKeys } from "./maintain-signing-keys";
import { rotateSigningKey } from "./rotate-signing-key";

const SYSTEM: Actor = { kind: "system", name: "test" };
const DAY = 24 * 60 * 60;

let db: TestDatabase;
let op: TestProvider;
/** The provider in another process. */
let other: TestProvider;
let elapsedMs = 0;

beforeAll(async () => {
  db = await createTestDatabase();
  const now = () => Date.now() + elapsedMs;
  await db.database.user.create({
    data: { id: 1, email: "u@mgs.mg", name: "U", passwordHash: "-", role: "direction" },
  });
  op = await startProvider(db.database, undefined, now);
  other = await startProvider(db.database, undefined, now);
  await insertTestClient(db.database, "portal");
});
beforeEach(() => halfAMinute());
afterAll(async () => {
  await Promise.all([op?.close(), other?.close()]);
  await db?.drop();
});

const deps = () => ({ database: db.database, sealer: op.sealer, clock: systemClock });
const maintain = () => maintainSigningKeys({ ...deps(), logger: createLogger("test", "silent") });
/** After half a minute each process has looked for other keys. */
const halfAMinute = () => {
  elapsedMs += 30_000;
};
/** Lets time pass for the keys, by their dates. */
async function pass(seconds: number): Promise<void> {
  await db.database.$executeRaw`UPDATE "signing_keys"
    SET "activates_at" = "activates_at" - ${seconds}::int * interval '1 second'`;
  halfAMinute();
}
const jwks = async (from = op): Promise<JSONWebKeySet> => (await fetch(`${from.address}/oauth/jwks`)).json();
const kidsOf = ({ keys }: JSONWebKeySet) => keys.map(({ kid }) => kid).sort();
const states = async () => (await listSigningKeys(deps(), SYSTEM)).map(({ kid, state }) => [kid, state]);
const signedIn = async () => (await signIn(op, new TestBrowser(), { clientId: "portal" })).tokens;
const kidOf = (token: string | undefined) => decodeProtectedHeader(token ?? "").kid;
const verify = async (token: string | undefined, keys: JSONWebKeySet) =>
  jwtVerify(token ?? "", createLocalJWKSet(keys), { issuer: op.issuer, audience: "portal" });

describe("a rotation", () => {
  test("publishes the new key a day before it signs, in every process, and the old one until its tokens have expired", async () => {
    const before = await signedIn();
    const old = kidOf(before.id_token);
    const { kid, changed } = await rotateSigningKey(deps(), SYSTEM);
    expect(changed).toBe(true);
    halfAMinute();
    const kept = await jwks();
    expect(kidsOf(kept)).toEqual([old, kid].sort());
    expect(kidsOf(await jwks(other))).toEqual(kidsOf(kept));
    expect(kidOf((await signedIn()).id_token)).toBe(old);
    expect(await states()).toEqual([
      [kid, "upcoming"],
      [old, "signing"],
    ]);

    await pass(DAY + 1);
    const after = await signedIn();
    expect(kidOf(after.id_token)).toBe(kid);
    // A client that has kept the key set of the day before knows both keys.
    await verify(after.id_token, kept);
    await verify(before.id_token, await jwks());
    await verify(before.id_token, await jwks(other));
    expect(await states()).toEqual([
      [kid, "signing"],
      [old, "replaced"],
    ]);
    await maintain();
    expect(kidsOf(await jwks())).toEqual([old, kid].sort());

    await pass(61 * DAY);
    expect(kidsOf(await jwks())).toEqual([kid]);
    expect(kidsOf(await jwks(other))).toEqual([kid]);
    await expect(verify(before.id_token, await jwks())).rejects.toThrow(/no applicable key/);
    await verify(after.id_token, await jwks());
    await maintain();
    expect(await states()).toEqual([
      [kid, "signing"],
      [old, "retired"],
    ]);
    const told = await db.database.auditEvent.findMany({ where: { subjectType: "key" }, orderBy: { id: "asc" } });
    expect(told.map(({ action, subject, actor }) => [action, subject, actor])).toEqual([
      ["key.rotated", kid, "system:test"],
      ["key.retired", old, "system:worker"],
    ]);
  });

  test("a logout token is signed by the key that signs, and an ID token of the key before still ends its session", async () => {
    const bodies: string[] = [];
    const client = createServer((request, response) => {
      request.on("data", (chunk: Buffer) => bodies.push(chunk.toString()));
      request.on("end", () => response.end());
    });
    await new Promise<void>((resolve) => client.listen(0, resolve));
    const backchannelLogoutUri = `http://localhost:${(client.address() as AddressInfo).port}/`;
    await insertTestClient(db.database, "told", { backchannelLogoutUri });
    const browser = new TestBrowser();
    const { tokens } = await signIn(op, browser, { clientId: "portal" });
    const { kid } = await rotateSigningKey(deps(), SYSTEM);
    await pass(DAY + 1);
    const payload = { client_id: "told", sub: "1", sid: "a-session" };
    await sendBackchannelLogout({ ...deps(), issuer: op.issuer }, uuidv7(), payload);
    client.close();
    const token = new URLSearchParams(bodies.join("")).get("logout_token") ?? "";
    const keySet = createRemoteJWKSet(new URL(`${op.address}/oauth/jwks`));
    const { protectedHeader } = await jwtVerify(token, keySet, { issuer: op.issuer, audience: "told" });
    expect(protectedHeader).toMatchObject({ kid, alg: "RS256", typ: "logout+jwt" });
    expect(kidOf(tokens.id_token)).not.toBe(kid);
    const hint = await browser.request(`${op.issuer}/oauth/logout?id_token_hint=${tokens.id_token}`);
    expect(hint.headers.get("location")).toBe("/logout?client=1");
  });

  test("is made once by callers at one time, and again only when the next key signs", async () => {
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => rotateSigningKey(deps(), SYSTEM)));
    expect(outcomes.filter(({ changed }) => changed)).toHaveLength(1);
    expect(new Set(outcomes.map(({ kid }) => kid)).size).toBe(1);
    await pass(DAY + 1);
  });

  test("comes by itself when the key is 90 days old, from several workers once", async () => {
    await maintain();
    expect((await states()).filter(([, state]) => state === "upcoming")).toHaveLength(0);
    await pass(90 * DAY);
    await Promise.all([maintain(), maintain(), maintain()]);
    expect((await states()).filter(([, state]) => state === "upcoming")).toHaveLength(1);
    await pass(DAY + 1);
  });

  test("in an emergency revokes every other key within half a minute in every process", async () => {
    const browser = new TestBrowser();
    const before = (await signIn(op, browser, { clientId: "portal" })).tokens;
    await rotateSigningKey(deps(), SYSTEM);
    const { kid, revoked } = await rotateSigningKey(deps(), SYSTEM, { isEmergency: true });
    expect(revoked).toContain(kidOf(before.id_token));
    halfAMinute();
    expect(kidsOf(await jwks())).toEqual([kid]);
    expect(kidsOf(await jwks(other))).toEqual([kid]);
    await expect(verify(before.id_token, await jwks())).rejects.toThrow(/no applicable key/);
    const hint = await browser.request(`${op.issuer}/oauth/logout?id_token_hint=${before.id_token}`);
    expect(hint.headers.get("location")).toContain("could+not+validate+id_token_hint");
    await verify((await signedIn()).id_token, await jwks());
    const told = await db.database.auditEvent.findMany({ where: { action: "key.revoked" } });
    expect(told.map(({ subject }) => subject).sort()).toEqual(revoked.sort());
  });
});

test("only administrators rotate and list", async () => {
  const actor: Actor = { kind: "client", clientId: "erp", scopes: [] };
  await expect(rotateSigningKey(deps(), actor)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(listSigningKeys(deps(), actor)).rejects.toMatchObject({ code: "FORBIDDEN" });
});
