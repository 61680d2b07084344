import { once } from "@mgs/core/once";
import { createApiRoutes } from "@mgs/portal/api-routes";
import { createRuntime } from "@mgs/portal/runtime";
import { createSignInRoutes } from "@mgs/portal/sign-in-routes";
import { createPortalAuth } from "@mgs/portal-auth/create-portal-auth";
import { createGuard } from "@mgs/portal-auth/guard";
import { createSingleUseCodes } from "@mgs/portal-auth/single-use-codes";
import { readEnv } from "./env";

/** Wiring of this process, made on first use: a build opens no connection. */
export const composition = once("mgs.commercial", () => {
  const env = readEnv();
  const runtime = createRuntime("commercial", env);
  const auth = createPortalAuth({ ...runtime, env, singleUseCodes: createSingleUseCodes(env.REDIS_URL) });
  const api = createApiRoutes(runtime, auth.sessions, [auth.clearCookie]);
  return { runtime, auth, api, signIn: createSignInRoutes(api.tools, auth) };
});

export const { currentSession, requireSession, actionSession } = createGuard(async () => composition().auth.sessions);
