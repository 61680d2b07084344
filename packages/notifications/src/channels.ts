import type { ChannelRule } from "@mgs/realtime/authorize-channel";

/** A person's own channel, by Laravel's name and by the old stack's short one. */
export const notificationChannels: readonly ChannelRule<object>[] = [
  "private-App.Models.User.{id}",
  "private-user.{id}",
].map((pattern) => ({
  pattern,
  scope: "notifications:read",
  clientEvents: false,
  authorize: (_, actor, id) => id === String(actor.userId) || false,
}));
