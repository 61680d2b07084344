import { number, object } from "@mgs/core/shape";
import { unreadApiPath } from "@mgs/messaging/contract/links";
import { callApi, checkShape } from "../api/call-api";
import { unreadMessages } from "./unread-messages";

// Of the contract's shape this one field: every page loads what counts, and none of it should load the shapes of messages.
const answer = object({ count: number });

/** Counts the unread messages anew, for the number in the header. @throws Refusal, TypeError without a network */
export async function countUnread(): Promise<void> {
  unreadMessages.set(checkShape(answer, await callApi(unreadApiPath())).count);
}
