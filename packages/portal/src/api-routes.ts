import { requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { Locale } from "@mgs/core/locale";
import { databaseTakesWrites } from "@mgs/db/client";
import { isDatabaseAway } from "@mgs/db/database-away";
import { readJson } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import { createHealthRoutes } from "@mgs/http/health";
import { createRoutes } from "@mgs/http/route";
import { searchUsers } from "@mgs/identity/search-users";
import { wasSignedOut } from "@mgs/identity/sessions/was-signed-out";
import { preferencesInput, updatePreferences } from "@mgs/identity/update-preferences";
import { findUser } from "@mgs/identity/users.repository";
import { createNotificationRoutes } from "@mgs/notifications/http/routes";
import { answerMetrics } from "@mgs/observability/metrics/answer-metrics";
import { createAuthenticate } from "@mgs/portal-auth/authenticate";
import { readCookies } from "@mgs/portal-auth/cookies";
import type { SessionSource } from "@mgs/portal-auth/session";
import { createBroadcastingRoutes } from "./broadcasting";
import { createLogoutRoute } from "./logout-route";
import { preferenceCookies, readPreferences } from "./preferences";
import type { Runtime } from "./runtime";

/** What a visitor reads is in one language: the page's, and what the forms on it are told. */
function localeOf(headers: Headers): Locale {
  const cookies = readCookies(headers);
  return readPreferences((name) => cookies[name], headers.get("accept-language")).locale;
}

/** API routes that every portal has: one set of handlers, mounted in each app's `route.ts` files. */
export function createApiRoutes(runtime: Runtime, sessions: SessionSource, clearCookies: readonly string[]) {
  const { database, logger, ownOrigin } = runtime;
  const authenticate = createAuthenticate({
    sessions,
    authenticateToken: runtime.authenticateToken,
    authenticateCached: runtime.authenticateCached,
  });
  const tools = createRoutes({ authenticate, ownOrigin, logger, localeOf, isUnavailable: isDatabaseAway });
  return {
    tools,
    notifications: createNotificationRoutes(runtime, tools),
    broadcasting: createBroadcastingRoutes(runtime, tools, authenticate),
    health: createHealthRoutes(tools, { postgresql: () => databaseTakesWrites(database) }),
    /** `/metrics`: numbers of this process, for who has the token. */
    metrics: tools.publicRoute({
      GET: async ({ request }) => {
        const token = runtime.env.METRICS_TOKEN;
        if (token === undefined) throw new AppError("NOT_FOUND");
        const { status, headers, body } = await answerMetrics(token, request.headers.get("authorization"));
        if (status === 401) throw new AppError("UNAUTHENTICATED");
        return new Response(body, { status, headers });
      },
    }),
    logout: createLogoutRoute(runtime, tools, sessions, clearCookies),
    /** `/api/users?search=`: colleagues to send to. */
    users: tools.route(
      {
        GET: async ({ actor, request }) => {
          const search = new URL(request.url).searchParams.get("search") ?? "";
          return ok(await searchUsers(runtime, actor, search));
        },
      },
      { scopes: { GET: "users:read" } },
    ),
    /** `/api/me` */
    me: tools.route(
      {
        GET: async ({ actor, request }) => {
          const { userId, scopes } = requireUser(actor);
          const session = new URL(request.url).searchParams.get("session");
          const [user, signedOut] = await Promise.all([
            findUser(database, userId),
            session === null ? null : wasSignedOut(database, userId, session),
          ]);
          if (!user) throw new AppError("USER_NOT_FOUND");
          const { disabledAt: _, email, timeZone, ...visible } = user;
          const me = { ...visible, time_zone: timeZone, ...(scopes.includes("email") ? { email } : {}) };
          return ok(signedOut === null ? me : { ...me, signed_out: signedOut });
        },
        PATCH: async ({ actor, request }) => {
          requireUser(actor);
          const saved = await updatePreferences(runtime, actor, await readJson(request, preferencesInput));
          const response = ok(saved);
          for (const cookie of preferenceCookies(saved, ownOrigin)) response.headers.append("set-cookie", cookie);
          return response;
        },
      },
      { scopes: { GET: "profile", PATCH: "profile:write" } },
    ),
    /** Any other address below `/api`. */
    notFound: tools.publicRoute(
      Object.fromEntries(
        (["GET", "POST", "PUT", "PATCH", "DELETE"] as const).map((method) => [
          method,
          () => {
            throw new AppError("NOT_FOUND");
          },
        ]),
      ),
    ),
  };
}
export type ApiRoutes = ReturnType<typeof createApiRoutes>;
