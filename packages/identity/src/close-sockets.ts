import { holderOf } from "@mgs/core/access-proof";
import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import type { rightsReduced, socketsClosed } from "./outbox-kinds";

/** Closes the sockets that were bound to something which has ended: a client, a grant, a portal's session. */
export const closeSockets: OutboxHandler<OutboxPayload<typeof socketsClosed>> = async ({ publisher }, { payload }) => {
  for (const holder of payload.holders) await publisher.terminateUser(holder);
};

/** Lets the sockets of people ask for their channels again: those that they may no longer read are refused to them. */
export const reauthorizeSockets: OutboxHandler<OutboxPayload<typeof rightsReduced>> = async (
  { publisher },
  { payload },
) => {
  for (const userId of payload.user_ids) await publisher.reauthorizeUser(holderOf.person(userId));
};
