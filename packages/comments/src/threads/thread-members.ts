import type { Database, Transaction } from "@mgs/db/client";
import type { Subject } from "@mgs/records/subject";
import type { ThreadRow } from "./threads.repository";

/** Whether a person takes part in a private thread. @param thread with who takes part today: `withMembers` */
export const isThreadMember = (
  { people, roles }: Pick<ThreadRow, "people" | "roles">,
  person: { id: number; role: string },
): boolean => people.some(({ userId }) => userId === person.id) || roles.includes(person.role);

/** A private thread with who takes part today; `isDecided` where the record's domain says who, because it has opened the thread. */
export async function withMembers(
  database: Database | Transaction,
  subject: Subject,
  thread: ThreadRow,
): Promise<ThreadRow & { isDecided: boolean }> {
  const circle = await subject.threadCircle?.(database, thread.subjectId, thread.id);
  if (!circle) return { ...thread, isDecided: false };
  const people = circle.userIds.map((userId) => ({ userId }));
  return { ...thread, roles: [...circle.roles], people, isDecided: true };
}
