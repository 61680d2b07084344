import { createSealer } from "@mgs/core/crypto";
import { createDatabase } from "@mgs/db/client";
import { readDocumentsEnv } from "@mgs/documents/env";
import { openStorage } from "@mgs/documents/storage/open-storage";
import { ensureFirstPartyClients } from "@mgs/identity/clients/ensure-first-party-clients";
import { ensureSigningKey } from "@mgs/oidc/keys.repository";
import { createDocumentVariables } from "./environment";
import type { Secrets } from "./secrets";
import { enlargeBusiness, LARGE_DOSSIER_COUNT, seedBusiness } from "./seed/business/seed-business";
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

export type SeedSize = "demonstration" | "large";

/** How many rows of the demonstration were added. */
export type Seeded = { accounts: number; dossiers: number };

/**
 * Adds what is missing of the demonstration: its accounts, and its dossiers where there are none at all.
 * @param size `large`: a million dossiers and five million comments, for measures
 */
export async function seed(
  databaseUrl: string,
  settings: Pick<Settings, "dataDir" | "source">,
  { size = "demonstration", note = () => undefined }: { size?: SeedSize; note?: (text: string) => void } = {},
): Promise<Seeded> {
  const database = createDatabase(databaseUrl, 2);
  try {
    const accounts = await seedPeople(database);
    const storage = openStorage(readDocumentsEnv(createDocumentVariables(settings)));
    const dossiers = await seedBusiness(database, storage, new Date());
    if (size === "large") await enlargeBusiness(database, note);
    return { accounts, dossiers: size === "large" ? LARGE_DOSSIER_COUNT : dossiers };
  } finally {
    await database.$disconnect();
  }
}

/** Says what was added. */
export function describeSeeded({ accounts, dossiers }: Seeded): string {
  const added = [
    ...(accounts === 0 ? [] : [`${accounts} accounts`]),
    ...(dossiers === 0 ? [] : [`${dossiers} dossiers`]),
  ];
  return added.length === 0 ? "there" : `${added.join(" and ")} added`;
}
