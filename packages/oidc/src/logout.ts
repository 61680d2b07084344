import { systemClock } from "@mgs/core/clock";
import type { Sealer } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { endUserSession } from "@mgs/identity/sessions/end-user-session";
import { findLiveByOidcUid } from "@mgs/identity/sessions/user-sessions.repository";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import type { KoaContextWithOIDC } from "oidc-provider";

type LogoutDeps = { database: Database; sealer: Sealer; enqueuer: Enqueuer };

/**
 * RP-initiated logout asks with the provider's own form. It is handed over to administration's confirm page, which
 * posts it back: one look for one question. The form's secret stays on the server (`findLogoutSecret`).
 */
export async function logoutPage(ctx: KoaContextWithOIDC): Promise<void> {
  ctx.redirect("/logout?client=1");
}

/** Whatever way the provider's session is destroyed, its `user_sessions` row ends with all that hangs on it. */
export function logoutMiddleware(deps: LogoutDeps) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    const confirms = ctx.method === "POST" && ctx.path === "/oauth/logout/confirm";
    await next();
    if (!confirms) return;
    const session: { uid?: string; destroyed?: boolean } | undefined = ctx.oidc?.session;
    if (!session?.destroyed || !session.uid) return;
    const row = await findLiveByOidcUid(deps.database, session.uid);
    if (!row) return;
    await endUserSession(
      { ...deps, clock: systemClock },
      { kind: "system", name: "oidc" },
      { userSessionId: row.id, reason: "logout" },
    );
  };
}
