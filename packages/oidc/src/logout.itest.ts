import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "@mgs/core/clock";
import { endSession } from "@mgs/identity/sessions/end-session";
import { disableUser, enableUser } from "@mgs/identity/users/disable-user";
import * as client from "openid-client";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { oidcHooks } from "./identity-hooks";
import { findLogoutSecret, findSsoSession } from "./sso-session";
import { TestBrowser } from "./testing/browser";
import { insertTestClient, silentEnqueuer } from "./testing/provider-server";
import {
  buildAuthorization,
  createProviderStage,
  discoverClient,
  type ProviderStage,
  type SignedIn,
  signIn as walkSignIn,
} from "./testing/relying-party";

let stage: ProviderStage;
let db: ProviderStage["db"];
let op: ProviderStage["op"];
/** A relying party that takes a logout token and never answers. */
let hanging: Server;
let asked = 0;
const AFTER = "http://localhost:9999/";

beforeAll(async () => {
  stage = await createProviderStage();
  ({ db, op } = stage);
  hanging = createServer(() => {
    asked++;
  });
  await new Promise<void>((resolve) => hanging.listen(0, resolve));
  const backchannelLogoutUri = `http://localhost:${(hanging.address() as AddressInfo).port}/logout`;
  for (const id of ["first", "second"]) await insertTestClient(db.database, id, { backchannelLogoutUri });
});
afterAll(async () => {
  hanging?.closeAllConnections();
  hanging?.close();
  await stage?.close();
});
beforeEach(async () => {
  asked = 0;
  await db.database.outbox.deleteMany();
});

const deps = () => ({
  database: db.database,
  enqueuer: silentEnqueuer,
  clock: systemClock,
  identityHooks: [oidcHooks],
});
const system = { kind: "system", name: "test" } as const;

const signIn = (browser: TestBrowser, clientId: string) => walkSignIn(op, browser, { clientId });

/** RP-initiated logout, up to the page that asks. @returns the form's secret */
async function askLogout(browser: TestBrowser, { config, tokens }: SignedIn, more: Record<string, string> = {}) {
  const url = client.buildEndSessionUrl(config, {
    ...{ id_token_hint: tokens.id_token ?? "", post_logout_redirect_uri: AFTER, state: "back" },
    ...more,
  });
  const page = await browser.request(url.href);
  expect(page.headers.get("location")).toBe("/logout?client=1");
  const sealed = { database: db.database, sealer: op.sealer };
  const secret = await findLogoutSecret(sealed, browser.cookie("mgs.sso"));
  expect(secret).not.toBeNull();
  return secret ?? "";
}

async function answerLogout(browser: TestBrowser, fields: Record<string, string>): Promise<string> {
  const body = new URLSearchParams(fields);
  const answer = await browser.request(`${op.issuer}/oauth/logout/confirm`, {
    method: "POST",
    headers: { accept: "text/html,*/*;q=0.8" },
    body,
  });
  expect(answer.status).toBe(303);
  return answer.headers.get("location") ?? "";
}

const ssoOf = (browser: TestBrowser) =>
  findSsoSession({ database: db.database, sealer: op.sealer }, browser.cookie("mgs.sso"));

/** Clients that the outbox is to tell of a logout. */
async function told(): Promise<string[]> {
  const rows = await db.database.outbox.findMany({ where: { kind: "oidc.backchannel-logout" } });
  return rows.map(({ payload }) => (payload as { client_id: string }).client_id).sort();
}

describe("RP-initiated logout", () => {
  test("tells each client once, by the outbox, and waits for no client", async () => {
    const browser = new TestBrowser();
    const first = await signIn(browser, "first");
    await signIn(browser, "second");
    const xsrf = await askLogout(browser, first);
    expect(await answerLogout(browser, { xsrf, logout: "yes" })).toBe(`${AFTER}?state=back`);
    expect(asked).toBe(0);
    expect(await told()).toEqual(["first", "second"]);
    expect(await ssoOf(browser)).toBeNull();
  });

  test("answered twice, at once or later, leads to one place and tells no client twice", async () => {
    for (const order of ["at once", "later", "without the session's cookie"]) {
      await db.database.outbox.deleteMany();
      const browser = new TestBrowser();
      const xsrf = await askLogout(browser, await signIn(browser, "first"));
      const yes = () => answerLogout(browser, { xsrf, logout: "yes" });
      if (order === "at once")
        expect(await Promise.all([yes(), yes(), yes()])).toEqual(Array(3).fill(`${AFTER}?state=back`));
      else {
        await yes();
        if (order !== "later") browser.forget((name) => name.startsWith("mgs.sso"));
        expect(await yes(), order).toBe(`${AFTER}?state=back`);
      }
      expect(await told(), order).toEqual(["first"]);
    }
  });

  test("answered with no, leads back to the client, twice as well, and the person stays", async () => {
    const browser = new TestBrowser();
    const xsrf = await askLogout(browser, await signIn(browser, "first"));
    const cookie = browser.cookie("mgs.sso");
    expect(await answerLogout(browser, { xsrf })).toBe(`${AFTER}?state=back`);
    expect(browser.cookie("mgs.sso")).toBe(cookie);
    expect(await answerLogout(browser, { xsrf })).toBe(`${AFTER}?state=back`);
    expect(await ssoOf(browser)).toMatchObject({ userId: 1 });
    expect(await told()).toEqual(["first"]);
  });

  test("without an address to go back to, a no leads to the client's home", async () => {
    const browser = new TestBrowser();
    const signedIn = await signIn(browser, "first");
    const page = await browser.request(`${op.issuer}/oauth/logout?client_id=first`);
    expect(page.headers.get("location")).toBe("/logout?client=1");
    const secret = await findLogoutSecret({ database: db.database, sealer: op.sealer }, browser.cookie("mgs.sso"));
    const success = await answerLogout(browser, { xsrf: secret ?? "" });
    const home = await browser.request(success);
    expect(home.headers.get("location")).toBe("http://localhost:9999/dashboard");
    expect(signedIn.tokens).toBeDefined();
  });

  test("by a form of unknown secret ends at a page, never in an error", async () => {
    const browser = new TestBrowser();
    expect(await answerLogout(browser, { xsrf: "x".repeat(48), logout: "yes" })).toBe("/logout/termine");
    await signIn(browser, "first");
    expect(await answerLogout(browser, { xsrf: "x".repeat(48), logout: "yes" })).toMatch(/^\/logout\?client=1&error=/);
  });

  test("of a visitor who is not signed in goes on without a question", async () => {
    const { config, tokens } = await signIn(new TestBrowser(), "first");
    const url = client.buildEndSessionUrl(config, {
      ...{ id_token_hint: tokens.id_token ?? "", post_logout_redirect_uri: AFTER, state: "back" },
    });
    const answer = await new TestBrowser().request(url.href);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, `${AFTER}?state=back`]);
  });

  test("that meets a silent authorization is not lost", async () => {
    const browser = new TestBrowser();
    const first = await signIn(browser, "first");
    await signIn(browser, "second");
    // An authorization of another tab has read the session, and waits to write it down.
    await db.database.$executeRawUnsafe(
      `CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN IF NEW.model = 'AuthorizationCode' THEN PERFORM pg_advisory_xact_lock(7); END IF; RETURN NEW; END $$`,
    );
    await db.database.$executeRawUnsafe(
      "CREATE TRIGGER hold BEFORE INSERT ON oidc_payloads FOR EACH ROW EXECUTE FUNCTION hold()",
    );
    const { silently, xsrf } = await db.database.$transaction(
      async (tx) => {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(7)`;
        const silently = authorizeSilently(browser, "second");
        await expect
          .poll(
            async () =>
              (
                await db.database.$queryRaw<{ many: number }[]>`
                  SELECT count(*)::int AS many FROM pg_locks WHERE NOT granted AND locktype = 'advisory'`
              )[0]?.many,
            { timeout: 60_000 },
          )
          .toBeGreaterThan(0);
        return { silently, xsrf: await askLogout(browser, first) };
      },
      { timeout: 120_000, maxWait: 60_000 },
    );
    expect(await silently).toContain("code=");
    await db.database.$executeRawUnsafe("DROP TRIGGER hold ON oidc_payloads");
    expect(first.callback.searchParams.get("code")).not.toBeNull();
    expect(await answerLogout(browser, { xsrf, logout: "yes" })).toBe(`${AFTER}?state=back`);
    expect(await ssoOf(browser)).toBeNull();
    expect(await told()).toEqual(["first", "second"]);
  });
});

async function authorizeSilently(browser: TestBrowser, clientId: string): Promise<string> {
  const { url } = await buildAuthorization(await discoverClient(op, clientId), { prompt: "none" });
  return (await browser.request(url)).headers.get("location") ?? "";
}

describe("every client that was ever given a token of a session is told of its end", () => {
  const end = async ({ tokens }: SignedIn): Promise<void> => {
    const userSessionId = String(tokens.claims()?.user_session_id);
    await endSession(deps(), system, { userSessionId, reason: "logout" });
  };

  test("also when it has revoked its tokens (RFC 7009)", async () => {
    const signedIn = await signIn(new TestBrowser(), "first");
    await client.tokenRevocation(signedIn.config, signedIn.tokens.refresh_token ?? "");
    await client.tokenRevocation(signedIn.config, signedIn.tokens.access_token);
    await end(signedIn);
    expect(await told()).toEqual(["first"]);
  });

  test("also when its code was used twice", async () => {
    const signedIn = await signIn(new TestBrowser(), "first");
    const { config, callback, checks } = signedIn;
    await expect(client.authorizationCodeGrant(config, callback, checks)).rejects.toMatchObject({
      error: "invalid_grant",
    });
    await end(signedIn);
    expect(await told()).toEqual(["first"]);
  });

  test("also when the person is disabled after that", async () => {
    const signedIn = await signIn(new TestBrowser(), "first");
    await client.tokenRevocation(signedIn.config, signedIn.tokens.refresh_token ?? "");
    await disableUser(deps(), system, { userId: 1 });
    expect(await told()).toContain("first");
    await enableUser(deps(), system, { userId: 1 });
  });

  test("and once: nothing of it is left behind", async () => {
    const browser = new TestBrowser();
    const signedIn = await signIn(browser, "first");
    await signIn(browser, "first");
    await end(signedIn);
    await end(signedIn);
    expect(await told()).toEqual(["first"]);
    const userSessionId = String(signedIn.tokens.claims()?.user_session_id);
    expect(await db.database.sessionClient.count({ where: { userSessionId } })).toBe(0);
  });
});
