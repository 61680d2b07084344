import { createSealer } from "@mgs/core/crypto";
import { createDatabase } from "@mgs/db/client";
import { ensureFirstPartyClients } from "@mgs/identity/clients/ensure-first-party-clients";
import { ensureSigningKey } from "@mgs/oidc/keys.repository";
import type { Secrets } from "./secrets";
import { seedPeople } from "./seed/seed-people";
import type { Settings } from "./settings";

/** Updates the portals' clients from the environment, and creates a signing key when there is none. */
export async function prepareIdentity(databaseUrl: string, { urls }: Settings, secrets: Secrets): Promise<void> {
  const database = createDatabase(databaseUrl, 2);
  try {
    await ensureFirstPartyClients(database, {
      urls,
      secrets: {
        commercial: secrets.COMMERCIAL_OAUTH_CLIENT_SECRET,
        "gestion-dossier": secrets.GESTION_DOSSIER_OAUTH_CLIENT_SECRET,
      },
    });
    await ensureSigningKey(database, createSealer(secrets.MGS_KEY_ENCRYPTION_KEY));
  } finally {
    await database.$disconnect();
  }
}

/** Adds the demonstration accounts that are missing; resolves to how many were added. */
export async function seed(databaseUrl: string): Promise<number> {
  const database = createDatabase(databaseUrl, 2);
  try {
    return await seedPeople(database);
  } finally {
    await database.$disconnect();
  }
}
