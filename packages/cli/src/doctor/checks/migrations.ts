import { readMigrationStatus } from "@mgs/db/migrate";
import { type Check, fail, listDatabaseAddresses, ok, warn } from "../check";

export const migrations: Check = {
  name: "migrations",
  title: "Migrations",
  advice: "Ask again when PostgreSQL answers.",
  addresses: listDatabaseAddresses,
  async run({ common, migrations: folder }) {
    const all = await readMigrationStatus(common.DATABASE_URL, folder);
    const of = (wanted: string) => all.filter(({ state }) => state === wanted).map(({ name }) => name);
    const [changed, failed, pending, unknown] = [of("changed"), of("failed"), of("pending"), of("unknown")];
    if (changed.length > 0)
      return fail(`changed after they were applied: ${changed.join(", ")}`, "Restore the files of the release.");
    if (failed.length > 0) return fail(`not finished: ${failed.join(", ")}`, "Mend it with prisma migrate resolve.");
    if (pending.length > 0) return fail(`pending: ${pending.join(", ")}`, "npm run mgs -- migrate");
    if (unknown.length > 0) return warn(`of a newer version: ${unknown.join(", ")}`, "Run the version that made them.");
    return ok(`${all.length} applied`);
  },
};
