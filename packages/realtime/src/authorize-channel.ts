import { type Actor, requireScope, type UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { Scope } from "@mgs/core/scopes";
import { isStorableText } from "@mgs/core/text";

/** The data of a member in a presence channel. */
export type MemberInfo = { user_id: string; user_info: { name: string } };

export type ChannelDeps = { memberName(userId: number): Promise<string> };

/** The access of an actor to a channel: the member data on a presence channel, null on a private one. */
export type ChannelAccess = { member: MemberInfo | null; clientEvents: boolean };

type Access = true | MemberInfo;
type Rule = {
  /** Channel name with the variable part in braces. */
  pattern: string;
  /** The scope that a person's token needs. */
  scope: Scope;
  /** Whether subscribers may send `client-*` events to each other here. */
  clientEvents: boolean;
  authorize(deps: ChannelDeps, actor: UserActor, parameter: string): Promise<Access | false> | Access | false;
};

const ownNumber = (_: ChannelDeps, actor: UserActor, id: string): Access | false =>
  id === String(actor.userId) || false;

/** The rules for joining channels. A channel that matches none is refused; a new kind of channel is a new line here. */
export const CHANNEL_RULES: readonly Rule[] = [
  {
    pattern: "private-App.Models.User.{id}",
    scope: "notifications:read",
    clientEvents: false,
    authorize: ownNumber,
  },
  { pattern: "private-user.{id}", scope: "notifications:read", clientEvents: false, authorize: ownNumber },
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
    authorize: async (deps, actor) => ({
      user_id: String(actor.userId),
      user_info: { name: await deps.memberName(actor.userId) },
    }),
  },
];

/**
 * Decides whether an actor may join a private or presence channel, and whether they may send client events there.
 * @throws AppError FORBIDDEN; INSUFFICIENT_SCOPE for a token that was issued for less
 */
export async function authorizeChannel(deps: ChannelDeps, actor: Actor, channel: string): Promise<ChannelAccess> {
  if (actor.kind !== "user" || !isStorableText(channel)) throw new AppError("FORBIDDEN");
  for (const { pattern, scope, clientEvents, authorize } of CHANNEL_RULES) {
    const [before = "", after] = pattern.split("{id}");
    const matches = after === undefined ? channel === pattern : channel.startsWith(before) && channel.endsWith(after);
    if (!matches) continue;
    const parameter = after === undefined ? "" : channel.slice(before.length, channel.length - after.length);
    const access = await authorize(deps, actor, parameter);
    if (access === false) continue;
    requireScope(actor, scope);
    return { member: access === true ? null : access, clientEvents };
  }
  throw new AppError("FORBIDDEN");
}
