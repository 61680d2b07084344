import { sha256 } from "@mgs/core/crypto";
import * as client from "openid-client";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { authenticateToken } from "./authenticate-token";
import { TestBrowser } from "./testing/browser";
import { insertTestClient, REDIRECT_URI, TEST_SECRET } from "./testing/provider-server";
import {
  buildAuthorization,
  createProviderStage,
  discoverClient,
  type ProviderStage,
  signIn as walkSignIn,
} from "./testing/relying-party";

let stage: ProviderStage;
let db: ProviderStage["db"];
let op: ProviderStage["op"];
let config: client.Configuration;

beforeAll(async () => {
  stage = await createProviderStage();
  ({ db, op } = stage);
  await insertTestClient(db.database, "portal");
  await db.database.$executeRawUnsafe(
    "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not now'; END $$",
  );
  config = await discoverClient(op, "portal");
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => stage?.close());

/** PostgreSQL refuses one kind of statement while this runs. */
async function refusing<T>(what: string, work: () => Promise<T>): Promise<T> {
  await db.database.$executeRawUnsafe(
    `CREATE TRIGGER refuse BEFORE ${what} FOR EACH STATEMENT EXECUTE FUNCTION refuse()`,
  );
  try {
    return await work();
  } finally {
    await db.database.$executeRawUnsafe(`DROP TRIGGER refuse ON ${what.split(" ON ")[1]}`);
  }
}

const begin = () => buildAuthorization(config);
const signIn = (browser: TestBrowser) => walkSignIn(op, browser, { clientId: "portal" });

async function refresh(token: string): Promise<object> {
  const response = await fetch(`${op.issuer}/oauth/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`portal:${TEST_SECRET}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: token }),
  });
  const text = await response.text();
  return { status: response.status, ...(text.startsWith("{") ? JSON.parse(text) : { text }) };
}

/** Waits until so many statements of this database, at least, wait for a lock. */
const waiting = (many: number) =>
  expect
    .poll(async () => {
      const rows = await db.database.$queryRaw<{ many: number }[]>`
        SELECT count(DISTINCT pid)::int AS many FROM pg_locks JOIN pg_stat_activity USING (pid)
        WHERE NOT granted AND datname = current_database()`;
      return rows[0]?.many ?? 0;
    })
    .toBeGreaterThanOrEqual(many);

test("a sign-in that failed half way leaves no session that leads nowhere", async () => {
  const browser = new TestBrowser();
  const form = (await browser.request((await begin()).url)).headers.get("location") ?? "";
  const resume = await op.answerInteraction(browser, form, 1);
  const answer = await refusing("UPDATE ON user_sessions", () => browser.request(resume));
  expect(answer.headers.get("location")).toContain("error=server_error");
  expect(await db.database.oidcPayload.count({ where: { model: "Session" } })).toBe(0);
  expect((await signIn(browser)).forms).toBe(1);
});

test("a session whose sign-in went to another one asks again", async () => {
  const browser = new TestBrowser();
  const form = (await browser.request((await begin()).url)).headers.get("location") ?? "";
  const resume = await op.answerInteraction(browser, form, 1);
  // A reload, or a restored tab: both go on with the same interaction, and one of them keeps the sign-in.
  const both = await Promise.all([browser.request(resume), browser.request(resume)]);
  const cookies = both.map((answer) => answer.headers.getSetCookie().map((line) => line.split(";")[0]));
  for (const own of cookies) {
    const { url, checks } = await begin();
    const answer = await fetch(url, { headers: { cookie: own.join("; ") }, redirect: "manual" });
    const location = answer.headers.get("location") ?? "";
    if (location.startsWith(REDIRECT_URI)) await client.authorizationCodeGrant(config, new URL(location), checks);
    else expect(location).toMatch(/^\/interaction\//);
  }
});

test("a refresh that failed half way may be tried again", async () => {
  const { tokens } = await signIn(new TestBrowser());
  const token = tokens.refresh_token ?? "";
  vi.spyOn(op.provider.IdToken.prototype, "issue").mockRejectedValueOnce(new Error("not now"));
  expect(await refresh(token)).toMatchObject({ status: 500, error: "server_error" });
  await expect(client.refreshTokenGrant(config, token)).resolves.toBeDefined();
});

test("what could not be written is told as a failure, and the token still holds", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { tokens } = await signIn(new TestBrowser());
  const token = tokens.refresh_token ?? "";
  const answer = await refusing("INSERT ON refresh_replays", () => refresh(token));
  expect(answer).toMatchObject({ status: 500, error: "server_error" });
  expect(logged).not.toHaveBeenCalled();
  await expect(client.refreshTokenGrant(config, token)).resolves.toBeDefined();
});

test("a refresh token that was rotated a moment ago can be revoked", async () => {
  const { tokens } = await signIn(new TestBrowser());
  const rotated = await client.refreshTokenGrant(config, tokens.refresh_token ?? "");
  await client.tokenRevocation(config, tokens.refresh_token ?? "");
  await expect(client.refreshTokenGrant(config, rotated.refresh_token ?? "")).rejects.toMatchObject({
    error: "invalid_grant",
  });
});

test("what a refresh under way issues is revoked with its family", async () => {
  const { tokens } = await signIn(new TestBrowser());
  const rotated = await client.refreshTokenGrant(config, tokens.refresh_token ?? "");
  await db.database.oidcPayload.updateMany({
    where: { model: "RefreshToken", consumedAt: { not: null } },
    data: { consumedAt: new Date(Date.now() - 60_000) },
  });
  const { grantId } = await db.database.oidcPayload.findFirstOrThrow({
    where: { model: "RefreshToken", idHash: sha256(rotated.refresh_token ?? "") },
  });
  // The refresh waits in the middle of its statement: it has used up its token, and not yet committed.
  await db.database.$executeRawUnsafe(
    `CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NEW; END $$`,
  );
  await db.database.$executeRawUnsafe(
    "CREATE TRIGGER hold BEFORE INSERT ON refresh_replays FOR EACH ROW EXECUTE FUNCTION hold()",
  );
  const { refreshing, reused } = await db.database.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(1)`;
    const refreshing = refresh(rotated.refresh_token ?? "");
    await waiting(1);
    const reused = refresh(tokens.refresh_token ?? "");
    await waiting(2);
    return { refreshing, reused };
  });
  expect(await reused).toMatchObject({ status: 400, error: "invalid_grant" });
  const { access_token: token = "" } = (await refreshing) as { access_token?: string };
  await expect(authenticateToken({ database: db.database, sealer: op.sealer }, token)).rejects.toMatchObject({
    code: "UNAUTHENTICATED",
  });
  expect(await db.database.oidcPayload.count({ where: { grantId, model: { not: "Grant" } } })).toBe(0);
});
