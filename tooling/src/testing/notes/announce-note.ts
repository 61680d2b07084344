import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import { NOTE_WRITTEN_EVENT, notesChannel } from "./channels";
import { markAnnounced } from "./notes.repository";
import type { noteWritten } from "./outbox-kinds";

/** Tells the author's open pages of a new note. */
export const announceNote: OutboxHandler<OutboxPayload<typeof noteWritten>> = async (deps, { payload }) => {
  const { id, author_id, text } = payload;
  await deps.publisher.trigger(notesChannel(author_id), NOTE_WRITTEN_EVENT, { id, text });
  await markAnnounced(deps.database, id);
};
