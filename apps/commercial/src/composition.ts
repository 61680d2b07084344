import { once } from "@mgs/core/once";
import { createCodeClaims } from "@mgs/portal-auth/code-claims";
import { createPortalAuth } from "@mgs/portal-auth/create-portal-auth";
import { createGuard } from "@mgs/portal-auth/guard";
import { createApiRoutes } from "@mgs/shell/server/api-routes";
import { createRuntime } from "@mgs/shell/server/runtime";
import { createSignInRoutes } from "@mgs/shell/server/sign-in-routes";
import { readEnv } from "./env";

/** Wiring of this process, made on first use: a build opens no connection. */
export const composition = once("mgs.commercial", () => {
  const env = readEnv();
  const runtime = createRuntime("commercial", env);
  const auth = createPortalAuth({ ...runtime, env, codeClaims: createCodeClaims(env.REDIS_URL) });
  const api = createApiRoutes(runtime, auth.sessions, [auth.clearCookie]);
  return { runtime, auth, api, signIn: createSignInRoutes(api.tools, auth) };
});

export const { currentSession, requireSession, actionSession } = createGuard(async () => composition().auth.sessions);
