import type { ChannelRule } from "@mgs/realtime/authorize-channel";

/** Rules for a person's own channel, by Laravel's name and by the short name of the system before. */
export const notificationChannels: readonly ChannelRule<object>[] = [
  "private-App.Models.User.{id}",
  "private-user.{id}",
].map((pattern) => ({
  pattern,
  scope: "notifications:read",
  clientEvents: false,
  authorize: (_, actor, id) => id === String(actor.userId) || false,
}));
