import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createLogger } from "@mgs/core/logger";
import { createDatabase, type Database } from "@mgs/db/client";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { answerNodeRequest } from "@mgs/http/fast-path/answer-node";
import { createRouter } from "@mgs/http/router";
import { TestBrowser } from "@mgs/oidc/testing/browser";
import { insertTestClient, startProvider, TEST_SECRET, type TestProvider } from "@mgs/oidc/testing/provider-server";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { createPortalAuth } from "../create-portal-auth";
import type { PortalAuthDeps } from "../deps";
import { portalAuthRoutes } from "../routes";
import { createSingleUse, type SingleUse } from "../single-use";

type PortalAuth = ReturnType<typeof createPortalAuth>;

export const USER = 1;
export const SESSION = "mgs.commercial.session";
export const CALLBACK = "/api/auth/callback/mgs";

export const isForm = (url: string): boolean => new URL(url).pathname.startsWith("/interaction/");

export const locationOf = async (browser: TestBrowser, url: string): Promise<string> => {
  const response = await browser.request(url);
  expect(response.status, url).toBe(303);
  return new URL(response.headers.get("location") ?? "", url).href;
};

/** Commercial's sign-in behind a server of its own, the real provider beside it, and what browsers do with both. */
export function usePortal() {
  let db: TestDatabase;
  let op: TestProvider;
  let server: Server;
  let portal: string;
  let auth: PortalAuth;
  let replicasWith: (redisUrl?: string) => PortalAuth[];
  let away: Database;
  const singleUses: SingleUse[] = [];
  /** What a test may change until it ends. */
  const state = {
    /** Each stands for a process; requests go to them round robin. */
    replicas: [] as PortalAuth[],
    /** Milliseconds by which the portal's clock is ahead. */
    ahead: 0,
    isDatabaseAway: false,
  };

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
      clock: { now: () => new Date(Date.now() + state.ahead) },
      logger,
      singleUse: singleUseAt(process.env.MGS_TEST_REDIS_URL),
    };
    auth = createPortalAuth(deps);
    replicasWith = (redisUrl) => [1, 2].map(() => createPortalAuth({ ...deps, singleUse: singleUseAt(redisUrl) }));
    away = createDatabase("postgresql://nobody:nothing@127.0.0.1:1/none");
    const authWithout = createPortalAuth({ ...deps, database: away });
    let asked = 0;
    const current = () =>
      state.isDatabaseAway ? authWithout : (state.replicas[asked++ % state.replicas.length] ?? auth);
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
    for (const singleUse of singleUses) singleUse.close();
    await away?.$disconnect();
    await db?.drop();
  });
  beforeEach(() => {
    state.ahead = 0;
    state.isDatabaseAway = false;
    state.replicas = [auth];
  });

  function singleUseAt(redisUrl = ""): SingleUse {
    const singleUse = createSingleUse(redisUrl);
    singleUses.push(singleUse);
    return singleUse;
  }

  const startAddress = (returnTo: string): string => `${portal}/login/oauth?${new URLSearchParams({ returnTo })}`;

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

  return {
    state,
    startAddress,
    follow,
    answer,
    reachCallback,
    sessionOf,
    errorPage,
    signedIn,
    get db() {
      return db;
    },
    get op() {
      return op;
    },
    get auth() {
      return auth;
    },
    /** Origin of the portal. */
    get portal() {
      return portal;
    },
    /** Two processes that share a Redis. */
    replicasWith: (redisUrl?: string) => replicasWith(redisUrl),
  };
}
