import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { AppError } from "@mgs/core/errors";
import { createLogger } from "@mgs/core/logger";
import type { Database } from "@mgs/db/client";
import { answerNodeRequest } from "@mgs/http/fast-path/answer-node";
import { createRouter, type Router } from "@mgs/http/router";
import { createAccountMailLimiter } from "@mgs/identity/account-links/account-mail-limiter";
import { accountLinkRoutes } from "@mgs/identity/account-links/routes";
import { importsApiPath } from "@mgs/identity/links";
import { importRoutes } from "@mgs/identity/people-imports/import-routes";
import { createCodeLimiter } from "@mgs/identity/second-factor/code-limiter";
import { createSignInLimiter, DEFAULT_SIGN_IN_LIMITS } from "@mgs/identity/sign-in-limiter";
import { actorOf } from "@mgs/identity/testing/staff";
import { oidcHooks } from "@mgs/oidc/identity-hooks";
import { signInRoutes } from "@mgs/oidc/sign-in/routes";
import { createSsoSessions } from "@mgs/oidc/sign-in/sso-sessions";
import { silentEnqueuer, type TestProvider } from "@mgs/oidc/testing/provider-server";
import { endImpersonationRoute } from "../end-impersonation-route";
import { logoutRoute } from "../logout-route";

/** Serves Administration's own forms. Redirects to pages are answered with a text. */
export async function startAdministration(database: Database, op: TestProvider) {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const router = administrationRouter(database, op, origin);
  server.on("request", (req, res) => {
    // The fast path rewrites this address, which the route shares with a page.
    if (req.method === "POST" && req.url === "/logout") req.url = "/api/logout";
    const answer = router.match(req.url ?? "");
    if (answer) void answerNodeRequest(answer, req, res, { origin, headers: {} });
    else res.writeHead(200, { "content-type": "text/html" }).end("<h1>page</h1>");
  });
  return {
    origin,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function administrationRouter(database: Database, op: TestProvider, origin: string): Router {
  const logger = createLogger("test", "silent");
  const runtime = {
    ...{ portal: "administration" as const, ownOrigin: origin, portalUrls: { administration: origin } },
    ...{ database, sealer: op.sealer, enqueuer: silentEnqueuer, logger, clock: { now: () => new Date() } },
  };
  const deps = {
    ...runtime,
    provider: async () => op.provider,
    sessions: createSsoSessions(runtime),
    clearCookies: [],
    identityHooks: [oidcHooks],
    issuer: origin,
    signInLimiter: createSignInLimiter(null, DEFAULT_SIGN_IN_LIMITS),
    mailLimiter: createAccountMailLimiter(null),
    codeLimiter: createCodeLimiter(null),
    trustedProxies: 0,
  };
  // The one form of ours behind a sign-in; others have none.
  const authenticate = async ({ url }: Request) => {
    if (new URL(url).pathname !== importsApiPath()) throw new AppError("UNAUTHENTICATED");
    return { actor: await actorOf(database, 3), via: "cookie" as const };
  };
  return createRouter({ authenticate, ownOrigin: origin, logger }, [
    { routes: [...signInRoutes, ...accountLinkRoutes, ...importRoutes, logoutRoute, endImpersonationRoute], deps },
  ]);
}
