import type { Database } from "@mgs/db/client";

/**
 * Makes PostgreSQL refuse every notification with this `titre`, with the `titre` as its message.
 * @param how `"break"`: PostgreSQL ends the connection, so that the client does not learn whether the statement was written
 */
export async function refuseToWrite(
  database: Database,
  titre: string,
  how: "refuse" | "break" = "refuse",
): Promise<void> {
  const name = `refuse_${titre.replaceAll(/\W/g, "_")}`;
  const act = how === "refuse" ? `RAISE EXCEPTION '${titre}'` : "PERFORM pg_terminate_backend(pg_backend_pid())";
  await database.$executeRawUnsafe(
    `CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF NEW.titre = '${titre}' THEN ${act}; END IF; RETURN NEW; END $$`,
  );
  await database.$executeRawUnsafe(
    `CREATE OR REPLACE TRIGGER ${name} BEFORE INSERT ON notifications FOR EACH ROW EXECUTE FUNCTION ${name}()`,
  );
}
