import type { Actor } from "@mgs/core/actor";
import { parseUserId } from "@mgs/core/user-id";
import { validate } from "@mgs/core/validate";
import type { Publisher } from "@mgs/realtime/server";
import { z } from "zod";
import { translateFailure } from "./ask-server";
import { type ChannelKind, channelKind, channelName, parseAnswer, readChannel } from "./channel";
import { findChannelOwners } from "./channel-owners";
import type { People, PersonName } from "./people";
import { requirePermission } from "./permissions";

/** A member of a presence channel; the name is null where the id is no person's. */
export type ChannelMember = { id: string; name: string | null };
export type ChannelDetail = {
  name: string;
  kind: ChannelKind;
  occupied: boolean;
  subscriptions: number | null;
  /** Distinct people; presence channels alone have them. */
  users: number | null;
  /** By name; null for all but presence channels, whose subscribers have no identity. */
  members: ChannelMember[] | null;
  /** The number of members, also beyond the limit. */
  memberCount: number;
  /** The person whose own channel it is. */
  owner: PersonName | null;
};

/** Members that the answer lists. */
const MAX_MEMBERS = 500;

const showInput = z.strictObject({ channel: channelName });
const users = z.object({ users: z.array(z.object({ id: z.coerce.string() })) });

/**
 * Reads a channel and its members.
 * @throws AppError FORBIDDEN unless an administrator asks; VALIDATION_ERROR, REALTIME_AWAY, REALTIME_REFUSED
 */
export async function showChannel(
  deps: { people: People; publisher: Publisher },
  actor: Actor,
  input: { channel: string },
): Promise<ChannelDetail> {
  requirePermission(actor, "channels.read");
  const { channel } = validate(showInput, input);
  const kind = channelKind(channel);
  const [state, members, owners] = await Promise.all([
    readChannel(deps.publisher, channel),
    kind === "presence" ? listMembers(deps, channel) : null,
    findChannelOwners(deps, actor, { channels: [channel] }),
  ]);
  return {
    name: channel,
    kind,
    ...state,
    members: members?.slice(0, MAX_MEMBERS) ?? null,
    memberCount: members?.length ?? 0,
    owner: owners.get(channel) ?? null,
  };
}

async function listMembers(
  { people, publisher }: { people: People; publisher: Publisher },
  channel: string,
): Promise<ChannelMember[]> {
  const answer = parseAnswer(users, await translateFailure(publisher.read(`/channels/${channel}/users`)));
  const ids = answer.users.flatMap(({ id }) => parseUserId(id) ?? []);
  const names = await people.findNames(ids);
  return answer.users
    .map(({ id }) => ({ id, name: names.get(parseUserId(id) ?? 0) ?? null }))
    .sort((a, b) => compareNames(a, b) || a.id.localeCompare(b.id, "en", { numeric: true }));
}

/** Sorts members without a name last. */
function compareNames(a: ChannelMember, b: ChannelMember): number {
  if (a.name === null || b.name === null) return Number(a.name === null) - Number(b.name === null);
  return a.name.localeCompare(b.name, "fr");
}
