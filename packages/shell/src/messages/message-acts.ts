import type { MessageDto } from "@mgs/messaging/contract/message";
import type { MessageCall } from "./api";

/** What the parts of a conversation do, each by the page's own. */
export type MessageActs = {
  /** Who reads. */
  userId: number;
  /** Administrators see what a message said before. */
  mayReadVersions: boolean;
  /** @returns false when it did not work, which the reader has been told */
  change(message: MessageDto, call: MessageCall): Promise<boolean>;
  /** Runs a call, and tells the reader when it did not work. */
  attempt(call: () => Promise<void>): Promise<boolean>;
  /** Begins an answer to a message. */
  reply(message: MessageDto): void;
  /** Marks a message, and what comes after it, unread. */
  markUnread(message: MessageDto): void;
  /** Shows a message in its place, also one that is not loaded. */
  show(message: { id: string; place: number }): void;
  /** The server's time: 15 minutes count by it. */
  now(): number;
};
