import { findAttachments } from "@mgs/documents/attachments";
import { deleteDocumentsIn } from "@mgs/documents/documents.repository";
import type { MessagingPorts } from "@mgs/messaging/deps";
import { noticeGroup } from "@mgs/messaging/notices/notice-group";
import { releaseMails } from "@mgs/notifications/delivery/release-mails";
import { markGroupRead } from "@mgs/notifications/grow-notification";
import type { Subject } from "@mgs/records/subject";

const conversation = (id: number) => ({ type: "conversation", id: String(id) });

/** What messages need of other domains: the records that they can be about, the files that come with them, and the notifications that tell of them. */
export const messagingPorts = (subjects: readonly Subject[]): MessagingPorts => ({
  subjects,
  attachmentsIn: (database, id, slots) => findAttachments(database, conversation(id), slots),
  deleteAttachments: (tx, id, slot, deletion) => deleteDocumentsIn(tx, conversation(id), slot, deletion),
  quietOver: releaseMails,
  noticesRead: (deps, actor, id) => markGroupRead(deps, actor, noticeGroup(id)),
});
