import type { UserActor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import type { PortalUrls } from "@mgs/core/portals";
import type { Database, Transaction } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import type { Subject } from "@mgs/records/subject";
import type { MessageAttachment } from "./contract/message";

/** The files of one message: the documents of its conversation in this place. */
export const attachmentSlot = (messageId: string): string => `message:${messageId}`;

/** What messages need of other domains; the composition knows them. */
export type MessagingPorts = {
  /** Kinds of records that a conversation can be about. */
  subjects: readonly Subject[];
  /** The documents in some places of a conversation, in the order in which they came. */
  attachmentsIn(
    database: Database | Transaction,
    conversationId: number,
    slots: readonly string[],
  ): Promise<readonly (MessageAttachment & { slot: string; createdBy: number })[]>;
  /** Marks the notifications of a conversation read: their reader has seen what they tell of. */
  noticesRead(
    deps: { database: Database; enqueuer: Enqueuer },
    actor: UserActor,
    conversationId: number,
  ): Promise<void>;
  /** Sends the mails that have waited for the end of a time in which somebody did not want to be disturbed. */
  quietOver(deps: { database: Database; enqueuer: Enqueuer }, userId: number): Promise<void>;
  /** Deletes the documents in a place of a conversation. */
  deleteAttachments(
    tx: Transaction,
    conversationId: number,
    slot: string,
    deletion: { at: Date; by: number },
  ): Promise<void>;
};

/** What the use cases of messages need of the process. */
export type MessagingDeps = {
  database: Database;
  clock: Clock;
  enqueuer: Enqueuer;
  portalUrls: PortalUrls;
} & MessagingPorts;
