import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import { sha256 } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { randomToken } from "@mgs/core/ids";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { setSecretHash } from "./client-admin.repository";
import { requireOutsideClient } from "./require-outside-client";

/**
 * Gives a client a new secret, shown this once. The old one is worth nothing from now on; tokens that were issued stay.
 * @throws AppError FORBIDDEN, CLIENT_NOT_FOUND (also when it is revoked); PORTAL_CLIENT for a portal's own
 */
export async function rotateSecret(
  deps: { database: Database },
  actor: Actor,
  clientId: string,
): Promise<{ client_id: string; client_secret: string }> {
  requirePermission(actor, "clients.manage");
  await requireOutsideClient(deps.database, clientId);
  const secret = randomToken();
  await deps.database.$transaction(async (tx) => {
    if (!(await setSecretHash(tx, clientId, sha256(secret)))) throw new AppError("CLIENT_NOT_FOUND");
    await audit(tx, { actor, action: "client.secret-rotated", subject: clientId });
  });
  return { client_id: clientId, client_secret: secret };
}
