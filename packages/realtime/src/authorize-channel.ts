import { type Actor, requireScope, type UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { Scope } from "@mgs/core/scopes";
import { isStorableText } from "@mgs/core/text";

/** The data of a member in a presence channel. */
export type MemberInfo = { user_id: string; user_info: { name: string } };

/** The access of an actor to a channel: the member data on a presence channel, null on a private one. */
export type ChannelAccess = { member: MemberInfo | null; clientEvents: boolean };

type Access = true | MemberInfo;

/**
 * Who may join the channels of one pattern.
 * @typeParam Deps what the decision needs
 */
export type ChannelRule<Deps = never> = {
  /** Channel name with the variable part in braces. */
  pattern: string;
  /** The scope that a person's token needs. */
  scope: Scope;
  /** Whether subscribers may send `client-*` events to each other here. */
  clientEvents: boolean;
  authorize(deps: Deps, actor: UserActor, parameter: string): Promise<Access | false> | Access | false;
};

/**
 * Decides by the rules whether an actor may join a private or presence channel, and whether they may send client events there. A channel that
 * matches no rule is refused.
 * @throws AppError FORBIDDEN; INSUFFICIENT_SCOPE for a token that was issued for less
 */
export async function authorizeChannel<Deps>(
  rules: readonly ChannelRule<Deps>[],
  deps: Deps,
  actor: Actor,
  channel: string,
): Promise<ChannelAccess> {
  if (actor.kind !== "user" || !isStorableText(channel)) throw new AppError("FORBIDDEN");
  for (const rule of rules) {
    const { pattern, scope, clientEvents } = rule;
    const [before = "", after] = pattern.split("{id}");
    const matches = after === undefined ? channel === pattern : channel.startsWith(before) && channel.endsWith(after);
    if (!matches) continue;
    const parameter = after === undefined ? "" : channel.slice(before.length, channel.length - after.length);
    const access = await rule.authorize(deps, actor, parameter);
    if (access === false) continue;
    requireScope(actor, scope);
    return { member: access === true ? null : access, clientEvents };
  }
  throw new AppError("FORBIDDEN");
}
