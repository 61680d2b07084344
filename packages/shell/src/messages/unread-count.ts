import { number, object } from "@mgs/core/shape";
import { unreadApiPath } from "@mgs/messaging/links";
import { readData } from "../api/read-data";
import { unreadMessages } from "./unread-messages";

// Of the contract's shape this one field: every page loads what counts, and none of it should load the shapes of messages.
const answer = object({ count: number });

/** Counts the unread messages anew, for the number in the header. @throws TypeError without a network */
export async function countUnread(): Promise<void> {
  const counted = await readData(unreadApiPath());
  if (answer(counted)) unreadMessages.set(counted.count);
}
