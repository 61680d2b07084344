import { type Actor, requireAdministrator } from "@mgs/core/actor";
import { validate } from "@mgs/http/validation";
import { z } from "zod";
import type { Publisher } from "../server";
import { askServer } from "./ask-server";
import { type ChannelKind, channelKind, channelName, parseAnswer, readChannel } from "./channel";
import { channelOwners, personId } from "./channel-owners";
import type { People, PersonName } from "./people";

/** Somebody in a presence channel; the name is null where the id is no person's. */
export type ChannelMember = { id: string; name: string | null };
export type ChannelDetail = {
  name: string;
  kind: ChannelKind;
  occupied: boolean;
  subscriptions: number | null;
  /** Distinct people; presence channels alone have them. */
  users: number | null;
  /** By name; null where the protocol does not say who listens: all but presence channels. */
  members: ChannelMember[] | null;
  /** How many there are, also beyond those given. */
  memberCount: number;
  /** Whose own channel it is. */
  owner: PersonName | null;
};

/** More than a page can show with sense. */
const MOST_MEMBERS = 500;

const showInput = z.strictObject({ channel: channelName });
const users = z.object({ users: z.array(z.object({ id: z.coerce.string() })) });

/**
 * A channel at this moment, and who is in it.
 * @throws AppError FORBIDDEN unless an administrator asks; VALIDATION_ERROR, REALTIME_AWAY, REALTIME_REFUSED
 */
export async function showChannel(
  deps: { people: People; publisher: Publisher },
  actor: Actor,
  input: { channel: string },
): Promise<ChannelDetail> {
  requireAdministrator(actor);
  const { channel } = validate(showInput, input);
  const kind = channelKind(channel);
  const [state, members, owners] = await Promise.all([
    readChannel(deps.publisher, channel),
    kind === "presence" ? listMembers(deps, channel) : null,
    channelOwners(deps, actor, { channels: [channel] }),
  ]);
  return {
    name: channel,
    kind,
    ...state,
    members: members?.slice(0, MOST_MEMBERS) ?? null,
    memberCount: members?.length ?? 0,
    owner: owners.get(channel) ?? null,
  };
}

async function listMembers(
  { people, publisher }: { people: People; publisher: Publisher },
  channel: string,
): Promise<ChannelMember[]> {
  const answer = parseAnswer(users, await askServer(publisher.read(`/channels/${channel}/users`)));
  const ids = answer.users.flatMap(({ id }) => personId(id) ?? []);
  const names = await people.findNames(ids);
  return answer.users
    .map(({ id }) => ({ id, name: names.get(personId(id) ?? 0) ?? null }))
    .sort((a, b) => compareNames(a, b) || a.id.localeCompare(b.id, "en", { numeric: true }));
}

/** Who has no name comes last. */
function compareNames(a: ChannelMember, b: ChannelMember): number {
  if (a.name === null || b.name === null) return Number(a.name === null) - Number(b.name === null);
  return a.name.localeCompare(b.name, "fr");
}
