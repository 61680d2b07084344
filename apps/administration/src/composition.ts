import { once } from "@mgs/core/once";
import { clearCookie, isSecureOrigin } from "@mgs/http/set-cookie";
import { createSignInLimiter } from "@mgs/identity/sign-in-limiter";
import { createQueueMonitor } from "@mgs/jobs/admin/queue-monitor";
import { createRedis, untilReady } from "@mgs/jobs/redis";
import { createSendRoute } from "@mgs/notifications/http/routes";
import { createSendLimiter } from "@mgs/notifications/send-limiter";
import { createProvider } from "@mgs/oidc/provider";
import { createApiRoutes } from "@mgs/portal/api-routes";
import { createRuntime } from "@mgs/portal/runtime";
import { createGuard } from "@mgs/portal-auth/guard";
import { readEnv } from "./env";
import { createSsoSessions } from "./features/sign-in/sso-sessions";

function composeBase() {
  const env = readEnv();
  const runtime = createRuntime("administration", env);
  const sessions = createSsoSessions(runtime);
  const clear = clearCookie(sessions.cookieName, { secure: isSecureOrigin(runtime.ownOrigin) });
  const api = createApiRoutes(runtime, sessions, [clear]);
  const sendDeps = {
    ...runtime,
    limiter: createSendLimiter(env.REDIS_URL, {
      user: env.SEND_LIMIT_USER_PER_MINUTE,
      client: env.SEND_LIMIT_CLIENT_PER_MINUTE,
    }),
  };
  const signInRedis = createRedis(env.REDIS_URL, "mgs-sign-in");
  return {
    env,
    runtime,
    sessions,
    api,
    sendDeps,
    queueMonitor: createQueueMonitor(env.REDIS_URL),
    send: createSendRoute(sendDeps, api.tools),
    signInLimiter: createSignInLimiter(signInRedis, {
      pair: env.SIGN_IN_ATTEMPTS,
      address: env.SIGN_IN_ATTEMPTS_PER_ADDRESS,
      account: env.SIGN_IN_ATTEMPTS_PER_ACCOUNT,
      windowSeconds: env.SIGN_IN_WINDOW,
    }),
    signInRedis,
  };
}

/** What needs no answer of the database to be made: its health tells that the database is away. */
export const base = once("mgs.administration-base", composeBase);

/** Opens the connections of this process, so that the first request is as fast as any; it never throws. */
export async function connect(): Promise<void> {
  const { runtime, sendDeps, signInRedis } = base();
  await Promise.all([runtime.connect(), sendDeps.limiter.connect(), untilReady(signInRedis).catch(() => undefined)]);
}

async function compose() {
  const made = base();
  const { runtime, env } = made;
  const provider = await createProvider(runtime, {
    issuer: env.OAUTH_SERVER_URL,
    cookieSecrets: env.OIDC_COOKIE_SECRET.split(","),
  });
  return { ...made, provider };
}
export type Administration = Awaited<ReturnType<typeof compose>>;

const started = once<{ current: Promise<Administration> | null }>("mgs.administration", () => ({ current: null }));

/** Wiring of this process, made on first use; a failed attempt (no database yet) is made again by the next request. */
export function composition(): Promise<Administration> {
  const state = started();
  state.current ??= compose().catch((error: unknown) => {
    state.current = null;
    throw error;
  });
  return state.current;
}

export const { currentSession, requireSession, actionSession } = createGuard(
  async () => (await composition()).sessions,
);
