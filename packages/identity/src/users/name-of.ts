import type { Database } from "@mgs/db/client";
import { findUser } from "../users.repository";

/** The name of a person for colleagues who have the same page open; empty for nobody's id. */
export async function nameOf({ database }: { database: Database }, userId: number): Promise<string> {
  return (await findUser(database, userId))?.name ?? "";
}
