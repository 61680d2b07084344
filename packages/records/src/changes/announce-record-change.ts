import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import type { RecordChangedEvent } from "@mgs/realtime/events";
import { EVENTS } from "@mgs/realtime/names";
import type { recordChanged } from "../outbox-kinds";
import { channelsOf, type Subject } from "../subject";

/** Tells pages that have a record open of its change, except the tab that made it. */
export const announceRecordChange =
  (subjects: readonly Subject[]): OutboxHandler<OutboxPayload<typeof recordChanged>> =>
  async ({ publisher }, { payload }) => {
    const { type, id, seq, op, user_id, fields, socket_id } = payload;
    const subject = subjects.find((known) => known.type === type);
    if (!subject) return;
    const event: RecordChangedEvent = { seq, op, user_id, fields };
    for (const channel of channelsOf(subject, id)) {
      await publisher.trigger(`private-${channel}`, EVENTS.recordChanged, event, socket_id);
    }
  };
