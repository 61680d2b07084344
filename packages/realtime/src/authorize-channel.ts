import type { Actor, UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { isStorableText } from "@mgs/core/text";

/** What a presence channel tells of a member. */
export type MemberInfo = { user_id: string; user_info: { name: string } };

export type ChannelDeps = { memberName(userId: number): Promise<string> };

type Access = true | MemberInfo;
type Rule = {
  /** Channel name with the variable part in braces. */
  pattern: string;
  authorize(deps: ChannelDeps, actor: UserActor, parameter: string): Promise<Access | false> | Access | false;
};

const ownNumber = (_: ChannelDeps, actor: UserActor, id: string): Access | false =>
  id === String(actor.userId) || false;

/** Who may join which channel. What matches no rule is refused; a new kind of channel is a new line here. */
const RULES: readonly Rule[] = [
  { pattern: "private-App.Models.User.{id}", authorize: ownNumber },
  { pattern: "private-user.{id}", authorize: ownNumber },
  { pattern: "private-session.{id}", authorize: (_, actor, id) => id === actor.userSessionId || false },
  {
    pattern: "presence-online-users",
    authorize: async (deps, actor) => ({
      user_id: String(actor.userId),
      user_info: { name: await deps.memberName(actor.userId) },
    }),
  },
];

/**
 * Decides whether an actor may join a private or presence channel.
 * @returns the member's data for a presence channel, null for a private one
 * @throws AppError FORBIDDEN
 */
export async function authorizeChannel(deps: ChannelDeps, actor: Actor, channel: string): Promise<MemberInfo | null> {
  if (actor.kind !== "user" || !isStorableText(channel)) throw new AppError("FORBIDDEN");
  for (const { pattern, authorize } of RULES) {
    const [before = "", after] = pattern.split("{id}");
    const matches = after === undefined ? channel === pattern : channel.startsWith(before) && channel.endsWith(after);
    if (!matches) continue;
    const parameter = after === undefined ? "" : channel.slice(before.length, channel.length - after.length);
    const access = await authorize(deps, actor, parameter);
    if (access !== false) return access === true ? null : access;
  }
  throw new AppError("FORBIDDEN");
}
