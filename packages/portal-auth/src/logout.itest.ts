import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { uuidv7 } from "@mgs/core/ids";
import { createLogger } from "@mgs/core/logger";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { sidOf } from "@mgs/identity/sessions/sid";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createBackchannelLogout } from "./logout";
import { createSingleUse, type SingleUse } from "./single-use";

const CLIENT = "commercial";
const EVENTS = { "http://schemas.openid.net/event/backchannel-logout": {} };

let db: TestDatabase;
let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let provider: Server;
let issuer: string;
let logout: ReturnType<typeof createBackchannelLogout>;
/** Stands for another process. */
let logoutAt: (redisUrl?: string) => ReturnType<typeof createBackchannelLogout>;
const singleUses: SingleUse[] = [];
beforeAll(async () => {
  db = await createTestDatabase();
  keys = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: "k", alg: "RS256", use: "sig" };
  provider = createServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] })));
  await new Promise<void>((resolve) => provider.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const origin = "http://commercial.test";
  const deps = {
    portal: "commercial" as const,
    env: {
      OAUTH_CLIENT_ID: CLIENT,
      OAUTH_CLIENT_SECRET: "a-secret-of-a-client",
      OAUTH_REDIRECT_URI: `${origin}/api/auth/callback/mgs`,
      OAUTH_SERVER_URL: issuer,
      NEXTAUTH_SECRET: "n".repeat(32),
      NEXTAUTH_URL: origin,
    },
    database: db.database,
    logger: createLogger("test", "silent"),
  };
  logoutAt = (redisUrl = "") => {
    const singleUse = createSingleUse(redisUrl);
    singleUses.push(singleUse);
    return createBackchannelLogout({ ...deps, singleUse });
  };
  logout = logoutAt(process.env.MGS_TEST_REDIS_URL);
  await db.database.user.create({
    data: { id: 1, email: "u1@mgs.mg", name: "U", passwordHash: "-", role: "commercial" },
  });
});
afterAll(async () => {
  for (const singleUse of singleUses) singleUse.close();
  provider?.close();
  await db?.drop();
});

/** Two devices of one person, each with a session in this portal. */
beforeEach(async () => {
  await db.database.userSession.deleteMany();
  for (const uid of ["one", "two"]) {
    const { id } = await db.database.userSession.create({ data: { id: uuidv7(), userId: 1, oidcSessionUid: uid } });
    await db.database.portalSession.create({
      data: {
        id: uuidv7(),
        tokenHash: uid,
        portal: "commercial",
        userId: 1,
        userSessionId: id,
        accessToken: "-",
        accessExpiresAt: new Date(),
        expiresAt: new Date(Date.now() + 60_000),
      },
    });
  }
});
const remaining = async () => (await db.database.portalSession.findMany()).map(({ tokenHash }) => tokenHash).sort();

function claimsOf(claims: Record<string, unknown>, issuedAgo = 0): Record<string, unknown> {
  const at = Math.floor(Date.now() / 1_000) - issuedAgo;
  const token = { iss: issuer, aud: CLIENT, sub: "1", sid: sidOf("one", CLIENT), jti: randomUUID(), events: EVENTS };
  return { ...token, iat: at, exp: at + 120, ...claims };
}

const signed = (claims: Record<string, unknown>): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "k", typ: "logout+jwt" }).sign(keys.privateKey);

async function post(token: string, receive = logout): Promise<number> {
  const body = new URLSearchParams({ logout_token: token });
  return (await receive(new Request("http://commercial.test/", { method: "POST", body }))).status;
}

const tell = async (claims: Record<string, unknown>, issuedAgo = 0): Promise<number> =>
  post(await signed(claimsOf(claims, issuedAgo)));

it("ends the one session that a logout token names", async () => {
  expect(await tell({})).toBe(200);
  expect(await remaining()).toEqual(["two"]);
});

it("takes a token of a provider whose clock is some seconds ahead or behind", async () => {
  expect(await tell({}, -5)).toBe(200);
  expect(await remaining()).toEqual(["two"]);
  expect(await tell({ sid: sidOf("two", CLIENT) }, 125)).toBe(200);
  expect(await remaining()).toEqual([]);
});

it("refuses a token that is old, far ahead, another's, or no logout token", async () => {
  for (const [claims, ago] of [
    [{}, 600],
    [{}, -120],
    [{ iss: "http://elsewhere.test" }, 0],
    [{ aud: "gestion-dossier" }, 0],
    [{ events: {} }, 0],
    [{ nonce: "n" }, 0],
    [{ sid: undefined }, 0],
  ] as const)
    expect(await tell(claims, ago), JSON.stringify([claims, ago])).toBe(400);
  expect(await remaining()).toEqual(["one", "two"]);
});

it("refuses a token that it has taken before, whichever process took it, and while Redis is away", async () => {
  const token = await signed(claimsOf({}));
  expect(await post(token)).toBe(200);
  expect(await post(token)).toBe(400);
  expect(await post(token, logoutAt(process.env.MGS_TEST_REDIS_URL))).toBe(400);

  const alone = logoutAt("redis://127.0.0.1:1");
  const another = await signed(claimsOf({ sid: sidOf("two", CLIENT) }));
  expect(await post(another, alone)).toBe(200);
  expect(await post(another, alone)).toBe(400);
  expect(await remaining()).toEqual([]);
});

it("refuses a token without a signature, and one that is signed with the provider's public key or the client's secret", async () => {
  const hs256 = (secret: string): Promise<string> =>
    new SignJWT(claimsOf({}))
      .setProtectedHeader({ alg: "HS256", kid: "k", typ: "logout+jwt" })
      .sign(new TextEncoder().encode(secret));
  const forged = [
    new UnsecuredJWT(claimsOf({})).encode(),
    await hs256(await exportSPKI(keys.publicKey)),
    await hs256("a-secret-of-a-client"),
  ];
  for (const token of forged) expect(await post(token), token).toBe(400);
  const [header, payload] = (await signed(claimsOf({}))).split(".");
  expect(await post(`${header}.${payload}.`)).toBe(400);
  expect(await remaining()).toEqual(["one", "two"]);
});

it("refuses an ID token of the provider", async () => {
  const claims = {
    ...claimsOf({ events: undefined, jti: undefined }),
    user_session_id: randomUUID(),
    role: "commercial",
  };
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: "RS256", kid: "k", typ: "JWT" })
    .sign(keys.privateKey);
  expect(await post(token)).toBe(400);
  expect(await remaining()).toEqual(["one", "two"]);
});
