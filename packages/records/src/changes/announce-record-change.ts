import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import type { ListChangedEvent, RecordChangedEvent } from "@mgs/realtime/events";
import { EVENTS } from "@mgs/realtime/names";
import { isBackgroundOp } from "../contract/background-change";
import { channelsOfListChange } from "../lists/live-list";
import type { recordChanged } from "../outbox-kinds";
import { channelsOf, type Subject } from "../subject";
import { findChangesAfter } from "./changes.repository";

/** The limit of hosted servers for one event. */
const MAX_CHANNELS = 100;

/**
 * Tells pages of a record's change, except the tab that made it: those that have the record open, and the lists of those who see it, which hear no
 * more than that rows may have changed.
 */
export const announceRecordChange =
  (subjects: readonly Subject[]): OutboxHandler<OutboxPayload<typeof recordChanged>> =>
  async ({ publisher, database }, { payload }) => {
    const { type, id, seq, op, user_id, fields, socket_id } = payload;
    const subject = subjects.find((known) => known.type === type);
    if (!subject) return;
    const event: RecordChangedEvent = { seq, op, user_id, fields };
    for (const channel of channelsOf(subject, id)) {
      await publisher.trigger(`private-${channel}`, EVENTS.recordChanged, event, socket_id);
    }
    // No list shows it.
    if (isBackgroundOp(op)) return;
    const [change] = await findChangesAfter(database, { type, id }, seq - 1, 1);
    const channels = change ? await channelsOfListChange(subject, database, id, change) : [];
    const changed: ListChangedEvent = { list: subject.segment };
    for (let first = 0; first < channels.length; first += MAX_CHANNELS)
      await publisher.trigger(channels.slice(first, first + MAX_CHANNELS), EVENTS.listChanged, changed, socket_id);
  };
