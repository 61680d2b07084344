import { sha256 } from "@mgs/core/crypto";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import * as client from "openid-client";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { authenticateToken } from "./authenticate-token";
import { TestBrowser } from "./testing/browser";
import {
  insertTestClient,
  REDIRECT_URI,
  startProvider,
  TEST_SECRET,
  type TestProvider,
} from "./testing/provider-server";

let db: TestDatabase;
let op: TestProvider;
let config: client.Configuration;

beforeAll(async () => {
  db = await createTestDatabase();
  await db.database.user.create({
    data: { id: 1, email: "u@mgs.mg", name: "U", passwordHash: "-", role: "direction" },
  });
  await insertTestClient(db.database, "portal");
  await db.database.$executeRawUnsafe(
    "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not now'; END $$",
  );
  op = await startProvider(db.database);
  config = await client.discovery(new URL(op.issuer), "portal", undefined, client.ClientSecretBasic(TEST_SECRET), {
    execute: [client.allowInsecureRequests],
  });
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await op?.close();
  await db?.drop();
});

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

async function begin() {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: REDIRECT_URI,
    scope: "openid profile",
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
  });
  return { url, pkceCodeVerifier };
}

async function follow(browser: TestBrowser, first: string): Promise<{ location: string; forms: number }> {
  let location = first;
  let forms = 0;
  while (!location.startsWith(REDIRECT_URI)) {
    if (new URL(location, op.issuer).pathname.startsWith("/interaction/")) {
      forms++;
      location = await op.answerInteraction(browser, location, 1);
    }
    const response = await browser.request(new URL(location, op.issuer).href);
    location = response.headers.get("location") ?? "";
    if (location === "") throw new Error(`stuck at ${response.status} ${await response.text()}`);
  }
  return { location, forms };
}

async function signIn(browser: TestBrowser) {
  const { url, pkceCodeVerifier } = await begin();
  const { location, forms } = await follow(browser, url.href);
  return { tokens: await client.authorizationCodeGrant(config, new URL(location), { pkceCodeVerifier }), forms };
}

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
  const form = (await browser.request((await begin()).url.href)).headers.get("location") ?? "";
  const resume = await op.answerInteraction(browser, form, 1);
  const answer = await refusing("UPDATE ON user_sessions", () => browser.request(resume));
  expect(answer.headers.get("location")).toContain("error=server_error");
  expect(await db.database.oidcPayload.count({ where: { model: "Session" } })).toBe(0);
  expect((await signIn(browser)).forms).toBe(1);
});

test("a session whose sign-in went to another one asks again", async () => {
  const browser = new TestBrowser();
  const form = (await browser.request((await begin()).url.href)).headers.get("location") ?? "";
  const resume = await op.answerInteraction(browser, form, 1);
  // A reload, or a restored tab: both go on with the same interaction, and one of them keeps the sign-in.
  const both = await Promise.all([browser.request(resume), browser.request(resume)]);
  const cookies = both.map((answer) => answer.headers.getSetCookie().map((line) => line.split(";")[0]));
  for (const own of cookies) {
    const { url, pkceCodeVerifier } = await begin();
    const answer = await fetch(url, { headers: { cookie: own.join("; ") }, redirect: "manual" });
    const location = answer.headers.get("location") ?? "";
    if (location.startsWith(REDIRECT_URI))
      await client.authorizationCodeGrant(config, new URL(location), { pkceCodeVerifier });
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
