import type { Transaction } from "@mgs/db/client";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";

/** A sign-in that has not ended: a row of `user_sessions`. */
export type LiveUserSession = { id: string; userId: number; oidcSessionUid: string };

/**
 * Hooks of another package that change its own rows in identity's transactions. The composition passes the hooks of every
 * package to all use cases that end a sign-in or revoke a client.
 */
export type IdentityHooks = {
  /** Finds the ids of clients with rows that depend on a sign-in. It is called before `onSessionEnd`. */
  findSessionClientIds?(tx: Transaction, session: LiveUserSession): Promise<readonly string[]>;
  /** Makes the outbox row that informs a client with a logout address of the end of a sign-in. */
  createLogoutRow?(session: LiveUserSession, clientId: string): NewOutboxRow;
  /** Deletes what depends on a sign-in, in the transaction that ends it. @returns ids of the tokens that it has revoked */
  onSessionEnd?(tx: Transaction, session: LiveUserSession): Promise<readonly string[]>;
  /** Deletes all tokens, codes and grants of a client, in the transaction that revokes it or takes a scope from it. */
  onClientTokensEnd?(tx: Transaction, clientId: string): Promise<void>;
  /**
   * Deletes the grants of one person for one client with their codes and tokens, in the transaction that withdraws a consent.
   * @param sessions the person's live sign-ins
   * @returns ids of the grants that sockets may depend on
   */
  onConsentWithdrawn?(
    tx: Transaction,
    clientId: string,
    sessions: readonly LiveUserSession[],
  ): Promise<readonly string[]>;
};
