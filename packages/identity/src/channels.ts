import type { UserActor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import type { ChannelRule } from "@mgs/realtime/authorize-channel";
import { nameOf } from "./users/name-of";

/**
 * Who may join the channels of a person (by Laravel's name, and by the short name of the system before), of one sign-in, and of those
 * who are online.
 */
export const identityChannels: readonly ChannelRule<{ database: Database }>[] = [
  ...["private-App.Models.User.{id}", "private-user.{id}"].map((pattern) => ({
    pattern,
    scope: "notifications:read" as const,
    clientEvents: false,
    authorize: (_: object, actor: UserActor, id: string) => id === String(actor.userId) || false,
  })),
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
    authorize: async ({ database }, actor) => {
      // Who is at work is the administrator: colleagues of the person in whose name they act see that one as they are.
      const id = actor.impersonation?.administrator.id ?? actor.userId;
      return { user_id: String(id), user_info: { name: await nameOf({ database }, id) } };
    },
  },
];
