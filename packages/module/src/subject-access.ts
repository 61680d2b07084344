import type { Database } from "@mgs/db/client";

/** A reason why somebody may open a record: it is theirs in some way, or their role was granted an action. */
export type AccessGrant =
  | { kind: "person"; userId: number; reason: string }
  | { kind: "permission"; permission: string };

/**
 * Tells who may open a record of a domain, and why. A domain declares it beside the check that its use cases make, so that both say the
 * same; `reason` is a key of the console's texts.
 */
export type SubjectAccess = {
  /** The kind of record, such as `notification`. */
  type: string;
  /** @returns null when there is no such record */
  find(database: Database, id: string): Promise<readonly AccessGrant[] | null>;
};
