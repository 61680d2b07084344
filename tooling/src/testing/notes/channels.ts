import type { ChannelRule } from "@mgs/realtime/authorize-channel";

export const notesChannel = (authorId: number): string => `private-notes.${authorId}`;

/** A person hears of their own notes. */
export const noteChannels: readonly ChannelRule<object>[] = [
  {
    pattern: "private-notes.{id}",
    scope: "profile",
    clientEvents: false,
    authorize: (_, actor, id) => id === String(actor.userId) || false,
  },
];

export const NOTE_WRITTEN_EVENT = "note.written";
