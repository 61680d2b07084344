import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import type { socketsClosed } from "./outbox-kinds";

/** Closes the sockets that were bound to something which has ended: a client, a grant, a portal's session. */
export const closeSockets: OutboxHandler<OutboxPayload<typeof socketsClosed>> = async ({ publisher }, { payload }) => {
  for (const holder of payload.holders) await publisher.terminateUser(holder);
};
