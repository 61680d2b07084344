"use client";
import type { MessageDto } from "@mgs/messaging/contract/message";
import { ReactionBar } from "../writing/reaction-bar";
import type { MessageActs } from "./message-acts";

/** The signs with which people have answered a message. */
export function MessageReactions({ message, acts }: { message: MessageDto; acts: MessageActs }) {
  if (message.reactions.length === 0) return null;
  return (
    <ReactionBar
      reactions={message.reactions}
      userId={acts.userId}
      onReact={(emoji, on) => void acts.change(message, { act: "reactions", body: { emoji, on } })}
    />
  );
}
