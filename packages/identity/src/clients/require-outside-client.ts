import { AppError } from "@mgs/core/errors";
import { isStorableText } from "@mgs/core/text";
import type { Database } from "@mgs/db/client";
import { findAnyClient } from "./client-admin.repository";
import type { ClientRow } from "./clients.repository";

/**
 * Finds a client that was registered, revoked or not, and is not one of ours: those follow their environment at each start.
 * @throws AppError CLIENT_NOT_FOUND, PORTAL_CLIENT
 */
export async function requireOutsideClient(database: Database, clientId: string): Promise<ClientRow> {
  const client = isStorableText(clientId) ? await findAnyClient(database, clientId) : null;
  if (!client) throw new AppError("CLIENT_NOT_FOUND");
  if (client.firstParty) throw new AppError("PORTAL_CLIENT");
  return client;
}
