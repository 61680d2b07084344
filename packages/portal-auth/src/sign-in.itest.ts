import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createLogger } from "@mgs/core/logger";
import { createDatabase, type Database } from "@mgs/db/client";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { answerNodeRequest } from "@mgs/http/fast-path/answer-node";
import { createRouter } from "@mgs/http/router";
import { authenticateToken } from "@mgs/oidc/authenticate-token";
import { TestBrowser } from "@mgs/oidc/testing/browser";
import { insertTestClient, startProvider, TEST_SECRET, type TestProvider } from "@mgs/oidc/testing/provider-server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createPortalAuth } from "./create-portal-auth";
import type { PortalAuthDeps } from "./deps";
import { portalAuthRoutes } from "./routes";
import { createSingleUseCodes, type SingleUseCodes } from "./single-use-codes";

const USER = 1;
const SESSION = "mgs.commercial.session";
const CALLBACK = "/api/auth/callback/mgs";
const MINUTE_MS = 60_000;

let db: TestDatabase;
let op: TestProvider;
let server: Server;
let portal: string;
let auth: ReturnType<typeof createPortalAuth>;
/** Each stands for a process; requests go to them round robin. */
let replicas: (typeof auth)[];
const singleUseCodes: SingleUseCodes[] = [];
/** Milliseconds by which the portal's clock is ahead. */
let ahead = 0;
let isDatabaseAway = false;
let replicasWith: (redisUrl?: string) => (typeof auth)[];
let away: Database;

beforeAll(async () => {
  db = await createTestDatabase();
  await db.database.user.createMany({
    data: [1, 2].map((id) => ({ id, email: `u${id}@mgs.mg`, name: `U ${id}`, passwordHash: "-", role: "direction" })),
  });
  op = await startProvider(db.database);
  server = createServer().listen(0);
  await once(server, "listening");
  portal = `http://localhost:${(server.address() as AddressInfo).port}`;
  await insertTestClient(db.database, "commercial", { redirectUris: [`${portal}${CALLBACK}`] });
  process.env.NEXTAUTH_URL = portal;
  const logger = createLogger("test", "silent");
  const deps: PortalAuthDeps = {
    portal: "commercial",
    env: {
      OAUTH_CLIENT_ID: "commercial",
      OAUTH_CLIENT_SECRET: TEST_SECRET,
      OAUTH_REDIRECT_URI: `${portal}${CALLBACK}`,
      OAUTH_SERVER_URL: op.issuer,
      NEXTAUTH_SECRET: "n".repeat(32),
      NEXTAUTH_URL: portal,
    },
    database: db.database,
    sealer: op.sealer,
    clock: { now: () => new Date(Date.now() + ahead) },
    logger,
    singleUseCodes: codesAt(process.env.MGS_TEST_REDIS_URL),
  };
  auth = createPortalAuth(deps);
  replicasWith = (redisUrl) => [1, 2].map(() => createPortalAuth({ ...deps, singleUseCodes: codesAt(redisUrl) }));
  away = createDatabase("postgresql://nobody:nothing@127.0.0.1:1/none");
  const authWithout = createPortalAuth({ ...deps, database: away });
  let asked = 0;
  const current = () => (isDatabaseAway ? authWithout : (replicas[asked++ % replicas.length] ?? auth));
  const settings = { authenticate: () => Promise.reject(new Error("unused")), ownOrigin: portal, logger };
  const routes = portalAuthRoutes.map((route) => ({
    ...route,
    handler: (call: never) => route.handler(call, current()),
  }));
  const router = createRouter(settings, [{ routes, deps: {} }]);
  server.on("request", (req, res) => {
    void answerNodeRequest(router.fetch, req, res, { origin: portal, headers: {} });
  });
});
afterAll(async () => {
  await op?.close();
  server?.closeAllConnections();
  server?.close();
  for (const codes of singleUseCodes) codes.close();
  await away?.$disconnect();
  await db?.drop();
});
beforeEach(() => {
  ahead = 0;
  isDatabaseAway = false;
  replicas = [auth];
});

function codesAt(redisUrl = ""): SingleUseCodes {
  const codes = createSingleUseCodes(redisUrl);
  singleUseCodes.push(codes);
  return codes;
}

const startAddress = (returnTo: string): string => `${portal}/login/oauth?${new URLSearchParams({ returnTo })}`;

const locationOf = async (browser: TestBrowser, url: string): Promise<string> => {
  const response = await browser.request(url);
  expect(response.status, url).toBe(303);
  return new URL(response.headers.get("location") ?? "", url).href;
};

const isForm = (url: string): boolean => new URL(url).pathname.startsWith("/interaction/");
const isCallback = (url: string): boolean => url.startsWith(`${portal}${CALLBACK}`);

/** Follows redirects until `stop`: between portal and provider, as a browser does. */
async function follow(browser: TestBrowser, url: string, stop: (url: string) => boolean): Promise<string> {
  let at = url;
  for (let hops = 0; hops < 20; hops++) {
    if (stop(at)) return at;
    const isPortal = at.startsWith(portal);
    if (isPortal && !isCallback(at) && !at.startsWith(`${portal}/login/oauth`)) return at;
    const response = await browser.request(at);
    at = new URL(response.headers.get("location") ?? "", at).href;
  }
  throw new Error(`too many redirects: ${at}`);
}

/** Answers the form that a tab waits at, and follows it to `stop`. */
async function answer(browser: TestBrowser, form: string, stop = isForm, userId = USER): Promise<string> {
  return follow(browser, new URL(await op.answerInteraction(browser, form, userId), op.issuer).href, stop);
}

/** The callback of a new attempt, not asked yet. */
async function reachCallback(browser: TestBrowser, returnTo = "/dashboard"): Promise<string> {
  const stop = (url: string) => isForm(url) || isCallback(url);
  const at = await follow(browser, startAddress(returnTo), stop);
  return isForm(at) ? answer(browser, at, isCallback) : at;
}

const sessionOf = (browser: TestBrowser) => auth.sessions.find(browser.cookie(SESSION));

const errorPage = (error: string, returnTo: string): string =>
  `${portal}/login/erreur?${new URLSearchParams({ error, returnTo })}`;

const signedIn = async (): Promise<TestBrowser> => {
  const browser = new TestBrowser();
  await follow(browser, await reachCallback(browser), isForm);
  expect(await sessionOf(browser)).not.toBeNull();
  return browser;
};

it("signs a person in, and ends at the page that was asked for", async () => {
  const browser = new TestBrowser();
  const form = await follow(browser, startAddress("/notifications?filter=unread"), isForm);
  expect(await answer(browser, form)).toBe(`${portal}/notifications?filter=unread`);
  expect(await sessionOf(browser)).toMatchObject({ user: { id: USER }, mayOpen: true });
});

describe("tabs", () => {
  const longPath = (tab: number): string => `/notifications?tab=${tab}&${"x".repeat(tab % 4 === 0 ? 2_000 : 10)}`;

  it("that wait at the form all arrive where they wanted, and leave one cookie", async () => {
    const browser = new TestBrowser();
    const forms: string[] = [];
    for (let tab = 0; tab < 30; tab++) forms.push(await follow(browser, startAddress(longPath(tab)), isForm));
    for (const [tab, form] of forms.entries()) {
      expect(await answer(browser, form), `tab ${tab}`).toBe(`${portal}${longPath(tab)}`);
    }
    expect(browser.names(CALLBACK).filter((name) => name.startsWith("mgs.commercial"))).toEqual([
      "mgs.commercial.browser",
      SESSION,
    ]);
  });

  it("that begin at once, before the browser has any cookie, all arrive", async () => {
    const signedInAtProvider = await signedIn();
    signedInAtProvider.forget((name) => name.startsWith("mgs.commercial"));
    const tabs = await Promise.all(
      Array.from({ length: 10 }, (_, tab) => follow(signedInAtProvider, startAddress(longPath(tab)), isForm)),
    );
    expect(tabs).toEqual(Array.from({ length: 10 }, (_, tab) => `${portal}${longPath(tab)}`));
    expect(await sessionOf(signedInAtProvider)).not.toBeNull();
  });

  it("that begin at once and wait at the form all arrive", async () => {
    const browser = new TestBrowser();
    const begun = Array.from({ length: 5 }, (_, tab) => follow(browser, startAddress(`/profil?tab=${tab}`), isForm));
    for (const [tab, form] of (await Promise.all(begun)).entries()) {
      expect(await answer(browser, form)).toBe(`${portal}/profil?tab=${tab}`);
    }
  });

  it("whose attempt is lost begin again with the place they wanted", async () => {
    const browser = new TestBrowser();
    const form = await follow(browser, startAddress("/profil"), isForm);
    browser.forget((name) => name.startsWith("mgs.commercial"));
    expect(await answer(browser, form)).toBe(`${portal}/profil`);
    expect(await sessionOf(browser)).not.toBeNull();
  });
});

describe("a form that waited", () => {
  it("for 59 minutes leads to the page that was asked for, by the attempt that was begun", async () => {
    const browser = new TestBrowser();
    const callback = await reachCallback(browser, "/profil?a=b");
    ahead = 59 * MINUTE_MS;
    expect(await locationOf(browser, callback)).toBe(`${portal}/profil?a=b`);
  });

  it("for longer begins again, and leads there too", async () => {
    const browser = new TestBrowser();
    const callback = await reachCallback(browser, "/profil?a=b");
    ahead = 61 * MINUTE_MS;
    const again = await locationOf(browser, callback);
    expect(again).toMatch(`${op.issuer}/oauth/authorize?`);
    expect(await follow(browser, again, isForm)).toBe(`${portal}/profil?a=b`);
  });
});

describe("a callback that fails", () => {
  const withQuery = (callback: string, change: Record<string, string | null>): string => {
    const url = new URL(callback);
    for (const [name, value] of Object.entries(change)) {
      if (value === null) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    return url.href;
  };
  const failures: [string, Record<string, string | null>, string, string][] = [
    ["without any query", { code: null, state: null, iss: null }, "OAuthCallback", "/dashboard"],
    ["with a code alone", { code: "abc", state: null, iss: null }, "OAuthCallback", "/dashboard"],
    ["with nonsense for a state", { state: "nonsense" }, "OAuthCallback", "/dashboard"],
    ["with a code that is none", { code: "abc" }, "invalid_grant", "/profil"],
    ["without a code", { code: null }, "OAuthCallback", "/profil"],
    ["of another issuer", { iss: "https://evil.example" }, "OAuthCallback", "/profil"],
    ["with a refusal", { code: null, error: "access_denied" }, "access_denied", "/profil"],
    ["with a refusal in markup", { code: null, error: "<b>no</b>" }, "bnob", "/profil"],
  ];

  it.each(failures)("%s ends in words, with a way on to the page", async (_name, change, error, returnTo) => {
    const browser = new TestBrowser();
    const callback = withQuery(await reachCallback(browser, "/profil"), change);
    const expected = errorPage(error, returnTo);
    expect(await locationOf(browser, callback)).toBe(expected);
    expect(await sessionOf(browser)).toBeNull();
  });

  it.each(failures)("%s leads on where the visitor is signed in", async (_name, change, _error, returnTo) => {
    const browser = await signedIn();
    const callback = withQuery(await reachCallback(browser, "/profil"), change);
    expect(await locationOf(browser, callback)).toBe(`${portal}${returnTo}`);
    expect(await sessionOf(browser)).not.toBeNull();
  });

  it("because the database is away says so, and works once it is back", async () => {
    const browser = new TestBrowser();
    const callback = await reachCallback(browser, "/profil");
    isDatabaseAway = true;
    expect(await locationOf(browser, callback)).toBe(errorPage("UNAVAILABLE", "/profil"));
    isDatabaseAway = false;
    expect(await locationOf(browser, callback)).toBe(`${portal}/profil`);
  });

  it("because the person's sign-in has just ended does not sign in", async () => {
    const browser = new TestBrowser();
    const callback = await reachCallback(browser, "/profil");
    await db.database.userSession.updateMany({ data: { endedAt: new Date() } });
    const arrived = await locationOf(browser, callback);
    expect(arrived).toMatch(`${portal}/login/erreur?error=`);
    expect(await sessionOf(browser)).toBeNull();
  });
});

describe("a callback asked twice", () => {
  const tokenWorks = async (browser: TestBrowser): Promise<void> => {
    const session = await sessionOf(browser);
    const token = await auth.accessTokenOf(session?.portalSessionId ?? "");
    expect(await authenticateToken({ database: db.database, sealer: op.sealer }, token)).toMatchObject({
      userId: USER,
    });
  };

  it("after its answer was lost arrives with a session whose tokens hold", async () => {
    const browser = new TestBrowser();
    const callback = await reachCallback(browser, "/profil");
    await browser.request(callback);
    browser.forget((name) => name === SESSION);
    expect(await locationOf(browser, callback)).toBe(`${portal}/profil`);
    await tokenWorks(browser);
    // Once more with everything in place: still the same session.
    const session = browser.cookie(SESSION);
    expect(await locationOf(browser, callback)).toBe(`${portal}/profil`);
    expect(browser.cookie(SESSION)).toBe(session);
    await tokenWorks(browser);
  });

  it("at the same moment makes one session", async () => {
    const browser = new TestBrowser();
    const callback = await reachCallback(browser, "/profil");
    const before = await db.database.portalSession.count();
    const arrived = await Promise.all(Array.from({ length: 5 }, () => locationOf(browser, callback)));
    expect(arrived).toEqual(Array.from({ length: 5 }, () => `${portal}/profil`));
    expect(await db.database.portalSession.count()).toBe(before + 1);
    await tokenWorks(browser);
  });

  it("at the same moment of two processes shows its code once, and makes one session", async () => {
    replicas = replicasWith(process.env.MGS_TEST_REDIS_URL);
    for (let round = 0; round < 5; round++) {
      const browser = new TestBrowser();
      const callback = await reachCallback(browser, "/profil");
      const before = await db.database.portalSession.count();
      const arrived = await Promise.all([1, 2].map(() => locationOf(browser, callback)));
      expect(arrived).toEqual([`${portal}/profil`, `${portal}/profil`]);
      expect(await db.database.portalSession.count()).toBe(before + 1);
      await tokenWorks(browser);
    }
  });

  it("arrives while Redis is away, too", async () => {
    replicas = replicasWith("redis://127.0.0.1:1");
    const browser = new TestBrowser();
    expect(await locationOf(browser, await reachCallback(browser, "/profil"))).toBe(`${portal}/profil`);
    await tokenWorks(browser);
  });

  it("after another tab's replaced its session leaves that one's tokens alone", async () => {
    const browser = new TestBrowser();
    const first = await reachCallback(browser, "/profil");
    await browser.request(first);
    await browser.request(await reachCallback(browser, "/dashboard"));
    expect(await locationOf(browser, first)).toBe(`${portal}/profil`);
    await tokenWorks(browser);
  });
});

it("an attempt that the provider begins again signs in the person who answers then", async () => {
  const browser = new TestBrowser();
  const authorize = await locationOf(browser, startAddress("/profil"));
  await answer(browser, await follow(browser, authorize, isForm));
  expect(await sessionOf(browser)).toMatchObject({ user: { id: USER } });
  // As by the back button: the same request, with the same state.
  expect(await follow(browser, authorize, isForm)).toBe(`${portal}/profil`);
  browser.forget((name) => name.startsWith("mgs.sso"));
  expect(await answer(browser, await follow(browser, authorize, isForm), isForm, 2)).toBe(`${portal}/profil`);
  expect(await sessionOf(browser)).toMatchObject({ user: { id: 2 } });
});

it("a browser that keeps no cookies is told so, after a few attempts", async () => {
  const provider = new TestBrowser();
  const portalCookies = (name: string) => name.startsWith("mgs.commercial");
  let at = startAddress("/profil");
  for (let hops = 0; hops < 20 && !at.startsWith(`${portal}/login/erreur`); hops++) {
    if (isForm(at)) at = new URL(await op.answerInteraction(provider, at, USER), op.issuer).href;
    else at = await locationOf(provider, at);
    provider.forget(portalCookies);
  }
  expect(at).toBe(errorPage("COOKIES_REFUSED", "/profil"));
});

it("another browser's callback signs no visitor in: they sign in themselves", async () => {
  const attacker = new TestBrowser();
  const callback = await reachCallback(attacker, "/profil");
  const visitor = new TestBrowser();
  const form = await follow(visitor, callback, isForm);
  expect(isForm(form)).toBe(true);
  expect(visitor.cookie(SESSION)).toBeUndefined();
  expect(await answer(visitor, form, isForm, 2)).toBe(`${portal}/profil`);
  expect(await sessionOf(visitor)).toMatchObject({ user: { id: 2 } });
});
