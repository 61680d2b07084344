import { uuidv7 } from "@mgs/core/ids";
import type { Transaction } from "@mgs/db/client";
import { insertThread } from "./threads.repository";

export type NewThread = {
  subject: { type: string; id: string };
  title: string;
  userIds: readonly number[];
  /** Whoever has one of these roles takes part as well. */
  roles?: readonly string[];
  createdBy: number | null;
  at: Date;
};

/**
 * Opens a private thread in another domain's transaction, such as that of an opinion: nobody is told, since the domain has its own notice.
 * @returns its id
 */
export async function openThread(tx: Transaction, { subject, at, roles = [], ...thread }: NewThread): Promise<string> {
  const id = uuidv7(at.getTime());
  await insertThread(tx, {
    ...{ id, subjectType: subject.type, subjectId: subject.id, roles: [...roles], createdAt: at },
    ...{ title: thread.title, createdBy: thread.createdBy, userIds: [...new Set(thread.userIds)] },
  });
  return id;
}
