import { audit } from "@mgs/audit/audit.repository";
import type { Database } from "@mgs/db/client";
import { currentUnitOfWork } from "../unit-of-work";
import type { Step } from "./step";

/** What the revocation endpoint revokes, as the library names it. */
const REVOCABLE = ["RefreshToken", "AccessToken", "ClientCredentials"] as const;

/**
 * `POST /oauth/revoke`: an entry of the audit trail when a client has revoked a token of its own. A token that is unknown, revoked
 * already or another client's is answered alike (RFC 7009 section 2.2) and leaves none.
 */
export function auditRevocation({ database }: { database: Database }): Step {
  return async (ctx, next) => {
    await next();
    const { client, entities } = ctx.oidc ?? {};
    if (ctx.status !== 200 || !client || currentUnitOfWork()?.isRolledBack) return;
    const kind = REVOCABLE.find((one) => entities?.[one]?.clientId === client.clientId);
    if (!kind) return;
    const accountId = kind === "ClientCredentials" ? undefined : entities?.[kind]?.accountId;
    await audit(database, {
      actor: { kind: "client", clientId: client.clientId, scopes: [] },
      action: "token.revoked",
      subject: client.clientId,
      userId: accountId === undefined ? undefined : Number(accountId),
      details: { token: kind },
    });
  };
}
