import type { Database } from "@mgs/db/client";
import type { ChannelRule } from "@mgs/realtime/authorize-channel";
import { findUser } from "./users.repository";

/** Channels of people and their devices. */
export const identityChannels: readonly ChannelRule<{ database: Database }>[] = [
  {
    pattern: "private-session.{id}",
    scope: "openid",
    clientEvents: false,
    authorize: (_, actor, id) => id === actor.userSessionId || false,
  },
  {
    pattern: "presence-online-users",
    scope: "users:read",
    clientEvents: false,
    authorize: async ({ database }, actor) => ({
      user_id: String(actor.userId),
      user_info: { name: (await findUser(database, actor.userId))?.name ?? "" },
    }),
  },
];
