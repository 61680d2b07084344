import type { Transaction } from "@mgs/db/client";

/** The thread of an opinion: a private one on the dossier, for those asked, who asked, and the assignee. */
export type NewOpinionThread = {
  dossierId: number;
  opinionId: string;
  by: number;
  /** The beginning of the question. */
  title: string;
  userIds: readonly number[];
  /** Whoever has one of these roles was asked. */
  roles: readonly string[];
  at: Date;
};

/** What the composition supplies; without comments an opinion has no thread. */
export type OpinionPorts = {
  /** @returns the thread's id */
  openThread?(tx: Transaction, thread: NewOpinionThread): Promise<string>;
};
