import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { systemClock } from "@mgs/core/clock";
import { sha256 } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { uuidv7 } from "@mgs/core/ids";
import { authenticateToken } from "@mgs/oidc/authenticate-token";
import { TestBrowser } from "@mgs/oidc/testing/browser";
import { insertTestClient, TEST_SECRET } from "@mgs/oidc/testing/provider-server";
import { createProviderStage, type ProviderStage, signIn } from "@mgs/oidc/testing/relying-party";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createPortalSession, findLivePortalSession } from "./portal-sessions.repository";
import { createAccessTokens } from "./refresh";

const SEALING_KEY = Buffer.alloc(32, 7).toString("base64");
let stage: ProviderStage;
let db: ProviderStage["db"];
let op: ProviderStage["op"];
let cookie: string;
let sessionId: string;

beforeAll(async () => {
  stage = await createProviderStage();
  ({ db, op } = stage);
  await insertTestClient(db.database, "commercial");
});
afterAll(() => stage?.close());

/** A signed-in portal session whose access token has expired. */
beforeEach(async () => {
  const { tokens } = await signIn(op, new TestBrowser(), { clientId: "commercial" });
  cookie = uuidv7();
  await createPortalSession(
    { database: db.database, sealer: op.sealer },
    {
      token: cookie,
      portal: "commercial",
      userId: 1,
      userSessionId: String(tokens.claims()?.user_session_id),
      expiresAt: new Date(Date.now() + 3_600_000),
      tokens: {
        accessToken: tokens.access_token,
        refreshToken: tokens.refresh_token ?? null,
        accessExpiresAt: new Date(0),
      },
    },
  );
  const session = await db.database.portalSession.findUniqueOrThrow({ where: { tokenHash: sha256(cookie) } });
  sessionId = session.id;
});

const rotations = () => db.database.oidcPayload.count({ where: { model: "RefreshToken", consumedAt: { not: null } } });

describe("single flight", () => {
  test("50 requests over two processes make one refresh and sign no person out", async () => {
    const before = await rotations();
    const script = fileURLToPath(new URL("./testing/refresh-process.ts", import.meta.url));
    const env = {
      ...process.env,
      DATABASE_URL: db.url,
      ISSUER: op.issuer,
      SESSION_ID: sessionId,
      CLIENT_SECRET: TEST_SECRET,
      SEALING_KEY,
    };
    const run = () => promisify(execFile)(process.execPath, ["--import", "tsx", script], { env });
    const outputs = await Promise.all([run(), run()]);
    const tokens = outputs.flatMap(({ stdout }): string[] => JSON.parse(stdout));
    expect(tokens).toHaveLength(50);
    expect(new Set(tokens).size).toBe(1);
    expect((await rotations()) - before).toBe(1);
    await expect(
      authenticateToken({ database: db.database, sealer: op.sealer }, tokens[0] ?? ""),
    ).resolves.toMatchObject({ userId: 1 });
    expect(await findLivePortalSession(db.database, "commercial", cookie)).not.toBeNull();
  });
});

describe("when it cannot be refreshed", () => {
  const deps = () => ({ database: db.database, sealer: op.sealer, clock: systemClock });

  test("a refused refresh token ends the portal session", async () => {
    const accessTokenOf = createAccessTokens({ ...deps(), refresh: async () => null });
    await expect(accessTokenOf(sessionId)).rejects.toMatchObject({ code: "SESSION_ENDED" });
    expect(await findLivePortalSession(db.database, "commercial", cookie)).toBeNull();
  });

  test("a provider that does not answer signs no person out", async () => {
    const accessTokenOf = createAccessTokens({
      ...deps(),
      refresh: async () => {
        throw new AppError("UNAVAILABLE");
      },
    });
    await expect(accessTokenOf(sessionId)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await findLivePortalSession(db.database, "commercial", cookie)).not.toBeNull();
  });

  test("an ended sign-in has no tokens, and no new portal session can be made for it", async () => {
    const { userSessionId } = await db.database.portalSession.findUniqueOrThrow({ where: { id: sessionId } });
    await db.database.userSession.update({ where: { id: userSessionId }, data: { endedAt: new Date() } });
    const accessTokenOf = createAccessTokens({ ...deps(), refresh: async () => null });
    await expect(accessTokenOf(sessionId)).rejects.toMatchObject({ code: "SESSION_ENDED" });
    const late = {
      token: "late",
      portal: "commercial" as const,
      userId: 1,
      userSessionId,
      expiresAt: new Date(),
      tokens: { accessToken: "a", refreshToken: null, accessExpiresAt: new Date() },
    };
    await expect(createPortalSession(deps(), late)).rejects.toThrow("ended");
  });

  test("tokens are sealed at rest", async () => {
    const row = await db.database.portalSession.findUniqueOrThrow({ where: { id: sessionId } });
    expect(row.accessToken).toMatch(/^v1\./);
    expect(row.refreshToken).toMatch(/^v1\./);
    expect(() => op.sealer.open(row.accessToken, `portal-session:${uuidv7()}:access`)).toThrow();
  });
});
