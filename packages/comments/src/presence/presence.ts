import { type Actor, requireUser } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { optionalText } from "@mgs/core/text-schema";
import { parseUserId } from "@mgs/core/user-id";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { findPeopleRights } from "@mgs/identity/users/people-rights.repository";
import { EVENTS } from "@mgs/realtime/names";
import type { Publisher } from "@mgs/realtime/server";
import { channelsOf, requireSubject, type Subject } from "@mgs/records/subject";
import { splitName } from "@mgs/writing/contract/split-name";
import { z } from "zod";
import { announcePresence } from "./announce-presence";
import { findPresent, findTyping, noteSign, type Place, removeSign, SOCKET_TAB } from "./presence.repository";

export type PresenceDeps = {
  database: Database;
  clock: Clock;
  publisher: Pick<Publisher, "trigger" | "read">;
} & PresencePorts;

/** What the composition knows of people. */
export type PresencePorts = {
  /** Whether somebody is not to be seen by others. */
  isInvisible(deps: { database: Database }, userId: number): Promise<boolean>;
};

/** Somebody without a sign for so long has left. */
export const PRESENCE_TTL_MS = 60_000;
/** Typing fades when no further sign comes. */
export const TYPING_TTL_MS = 3_000;

const MAX_TAB_CHARACTERS = 64;
/** Tells a person's tabs apart; a client that has one needs none. */
export const presenceQuery = z.strictObject({ tab: optionalText(MAX_TAB_CHARACTERS) });

export type PersonPresent = {
  id: number;
  name: string;
  firstname: string;
  lastname: string;
  avatar: string | null;
  typing: boolean;
  /** How they are known to be there: a socket that is a member of the presence channel, or signs over HTTP. */
  by: ("socket" | "http")[];
};

type Sign = { input: unknown; socketId: string | undefined };

/**
 * Notes that somebody has a record open, for clients without a socket: again at least once a minute. Whose socket is there may say that they
 * type; it makes nobody of them who is there without a socket, and would stay for a minute after it. Whoever is invisible leaves no sign.
 * @param typing true when they write a comment
 * @returns everybody who is there
 * @throws AppError the subject's `missing`, FORBIDDEN for programs, VALIDATION_ERROR
 */
export async function givePresenceSign(
  deps: PresenceDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  { input, socketId }: Sign,
  { typing }: { typing: boolean },
): Promise<PersonPresent[]> {
  const place = await requirePlace(deps, actor, subject, subjectId, input);
  if (await deps.isInvisible(deps, place.userId)) return findPeoplePresent(deps, subject, subjectId);
  const now = deps.clock.now();
  if (typing && socketId !== undefined && (await findSocketMembers(deps, subject, subjectId)).includes(place.userId)) {
    await noteSign(deps.database, { ...place, tab: SOCKET_TAB }, { now, since: ttlBefore(now), typed: true });
    await announcePresence(deps, subject, subjectId, place.userId, EVENTS.userTyping, socketId);
    return findPeoplePresent(deps, subject, subjectId);
  }
  const arrived = await noteSign(deps.database, place, { now, since: ttlBefore(now), typed: typing });
  const announce = (event: Parameters<typeof announcePresence>[4]) =>
    announcePresence(deps, subject, subjectId, place.userId, event, socketId);
  if (arrived) await announce(EVENTS.userOnline);
  if (typing) await announce(EVENTS.userTyping);
  return findPeoplePresent(deps, subject, subjectId);
}

/** Notes that a tab of somebody is gone. @throws AppError as {@link givePresenceSign} */
export async function leavePresence(
  deps: PresenceDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  { input, socketId }: Sign,
): Promise<PersonPresent[]> {
  const place = await requirePlace(deps, actor, subject, subjectId, input);
  const left = await removeSign(deps.database, place, ttlBefore(deps.clock.now()));
  if (left) await announcePresence(deps, subject, subjectId, place.userId, EVENTS.userOffline, socketId);
  return findPeoplePresent(deps, subject, subjectId);
}

/** Lists who has a record open, with a socket or without, each once. @throws AppError the subject's `missing`, FORBIDDEN for programs */
export async function listPresence(
  deps: PresenceDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
): Promise<PersonPresent[]> {
  await requireSubject(deps, actor, subject, subjectId);
  requireUser(actor);
  return findPeoplePresent(deps, subject, subjectId);
}

async function requirePlace(
  deps: PresenceDeps,
  actor: Actor,
  subject: Subject,
  subjectId: string,
  input: unknown,
): Promise<Place> {
  await requireSubject(deps, actor, subject, subjectId);
  const { userId } = requireUser(actor);
  const { tab } = validate(presenceQuery, input);
  return { subjectType: subject.type, subjectId, userId, tab };
}

const ttlBefore = (now: Date): Date => new Date(now.getTime() - PRESENCE_TTL_MS);

async function findPeoplePresent(deps: PresenceDeps, subject: Subject, subjectId: string): Promise<PersonPresent[]> {
  const now = deps.clock.now();
  const about = { type: subject.type, id: subjectId };
  const [signs, typing, sockets] = await Promise.all([
    findPresent(deps.database, about, ttlBefore(now)),
    findTyping(deps.database, about, new Date(now.getTime() - TYPING_TTL_MS)),
    findSocketMembers(deps, subject, subjectId),
  ]);
  const [bySign, bySocket] = [new Set(signs), new Set(sockets)];
  // Whoever has lost the record since is not there any more.
  const visible = await subject.visibleTo(deps.database, subjectId, [...new Set([...bySign, ...bySocket])]);
  const people = await findPeopleRights(deps.database, visible);
  return people
    .map(({ id, name }) => ({
      ...{ id, name, ...splitName(name), avatar: null, typing: typing.has(id) },
      by: [...(bySocket.has(id) ? (["socket"] as const) : []), ...(bySign.has(id) ? (["http"] as const) : [])],
    }))
    .sort((a, b) => a.name.localeCompare(b.name) || a.id - b.id);
}

const channelUsers = z.object({ users: z.array(z.object({ id: z.coerce.string() })) });

/** Who is there with a socket; nobody while the realtime server is away. */
async function findSocketMembers({ publisher }: PresenceDeps, subject: Subject, subjectId: string): Promise<number[]> {
  const answers = channelsOf(subject, subjectId).map((channel) =>
    publisher.read(`/channels/presence-${channel}/users`).catch(() => null),
  );
  const found = (await Promise.all(answers)).map((answer) => channelUsers.safeParse(answer));
  const ids = found.flatMap(({ data }) => data?.users ?? []).map(({ id }) => parseUserId(id));
  return [...new Set(ids.filter((id) => id !== null))];
}
