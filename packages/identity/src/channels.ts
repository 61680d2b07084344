import type { UserActor } from "@mgs/core/actor";
import type { ChannelRule } from "@mgs/realtime/authorize-channel";

/** Who may join the channels of a person (by Laravel's name, and by the short name of the system before), and of one sign-in. */
export const identityChannels: readonly ChannelRule<object>[] = [
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
];
