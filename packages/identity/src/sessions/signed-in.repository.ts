import type { Database } from "@mgs/db/client";
import { queryPrepared } from "@mgs/db/prepared";
import { toUser, USER_COLUMNS, type User, type UserRow } from "../users.repository";
import { IMPERSONATION_COLUMN, IS_LIVE_SIGN_IN, joinSignIn } from "./sign-in-joins.repository";

const FIND = {
  name: "find-signed-in-person",
  text: `SELECT ${USER_COLUMNS}, ${IMPERSONATION_COLUMN} FROM (SELECT $1::uuid AS id) given ${joinSignIn("given.id")}
    WHERE ${IS_LIVE_SIGN_IN}`,
};

/** Finds who has signed in, and what they impersonate in that browser; null once the sign-in has ended or its person is disabled. */
export async function findSignedIn(
  database: Database,
  userSessionId: string,
): Promise<{ user: User; impersonationId: string | null } | null> {
  const [row] = await queryPrepared<UserRow & { impersonationId: string | null }>(database, FIND, [userSessionId]);
  if (!row) return null;
  const { impersonationId, ...user } = row;
  return { user: toUser(user), impersonationId };
}
