import type { Prisma, Transaction } from "@mgs/db/client";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";

/** A sign-in that has not ended: a row of `user_sessions`. */
export type LiveUserSession = { id: string; userId: number; oidcSessionUid: string };

/**
 * The work of another package on rows of its own in identity's transactions. The composition passes those of every package to
 * all use cases that end a sign-in or revoke a client.
 */
export type IdentityHooks = {
  /** SQL condition on the row `s` of `user_sessions`: true while something of the package lets that sign-in go on. */
  keepsSessionAlive?: Prisma.Sql;
  /** Ids of the clients that hold something of a sign-in; asked before `onSessionEnd`. */
  findSessionClientIds?(tx: Transaction, session: LiveUserSession): Promise<readonly string[]>;
  /** Outbox rows that tell clients of the end of a sign-in. @param clientIds clients that want to be told */
  createLogoutRows?(session: LiveUserSession, clientIds: readonly string[]): readonly NewOutboxRow[];
  /** Deletes what depends on a sign-in, in the transaction that ends it. */
  onSessionEnd?(tx: Transaction, session: LiveUserSession): Promise<void>;
  /** Deletes what depends on a client, in the transaction that revokes it. */
  onClientRevoked?(tx: Transaction, clientId: string): Promise<void>;
};
