import { UUID_PATTERN } from "@mgs/core/ids";
import type { SubjectAccess } from "@mgs/module/subject-access";
import { findRecipientId } from "./holdings.repository";

/** A notification is open to its recipient until they delete it, and in the console to roles with `sent.read`. */
export const notificationAccess: SubjectAccess = {
  type: "notification",
  async find(database, id) {
    const recipient = UUID_PATTERN.test(id) ? await findRecipientId(database, id) : null;
    if (!recipient) return null;
    const console = { kind: "permission", permission: "sent.read" } as const;
    if (recipient.deleted) return [console];
    return [{ kind: "person", userId: recipient.userId, reason: "recipient" }, console];
  },
};
