import { createSealer } from "@mgs/core/crypto";
import { loadSigningKeys, newestSigningKeyAge } from "@mgs/oidc/keys.repository";
import { type Check, fail, listDatabaseAddresses, ok, warn, withDatabase } from "../check";

/** The worker rotates after 90 days; a key that is much older says that none runs. */
const WARN_AFTER_DAYS = 120;

export const keys: Check = {
  name: "keys",
  title: "Signing keys",
  advice: "Ask again when PostgreSQL answers and has no migration pending.",
  addresses: listDatabaseAddresses,
  run: (system) =>
    withDatabase(system, async (database) => {
      const days = await newestSigningKeyAge(database);
      if (days === null) return fail("there is no signing key", "npm start makes one.");
      try {
        const loaded = await loadSigningKeys(database, createSealer(system.common.MGS_KEY_ENCRYPTION_KEY));
        const detail = `${loaded.length} in use, the newest ${days} days old`;
        return days > WARN_AFTER_DAYS
          ? warn(detail, "Start a worker, which replaces it, or: npm run mgs -- keys:rotate")
          : ok(detail);
      } catch {
        return fail(
          "MGS_KEY_ENCRYPTION_KEY does not open the signing keys",
          "Put the key back that the database was used with. If it is lost: docs/operations.md, Secrets and backups.",
        );
      }
    }),
};
