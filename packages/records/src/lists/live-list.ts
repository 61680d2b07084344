import type { Actor, UserActor } from "@mgs/core/actor";
import type { Scope } from "@mgs/core/scopes";
import type { Database } from "@mgs/db/client";
import type { ChannelRule } from "@mgs/realtime/authorize-channel";
import type { ChangeRow } from "../changes/changes.repository";

/** People and roles whose list may look other than before. */
export type ListReaders = { userIds: readonly number[]; roles: readonly string[] };

/**
 * Who hears that the list of a kind of records has changed. There is one channel for those who see every record, and one for each person and each
 * role of the others: so nobody learns that a record changes which they may not see.
 */
export type LiveList = {
  seesAll(actor: Actor): boolean;
  /** Who sees a record without the right to see all, and who saw it until the change. */
  readersOf(database: Database, id: string, change: ChangeRow): Promise<ListReaders>;
  /** Whether a change is one of what lists show. */
  shows(change: Pick<ChangeRow, "op">): boolean;
};

/** What these functions need of a kind of records. */
type Listed = { segment: string; list?: LiveList; scopes: { read: Scope } };

const everybody = ({ segment }: Listed): string => `private-${segment}`;
const ofPerson = ({ segment }: Listed, userId: number | "{id}"): string => `private-${segment}.user.${userId}`;
const ofRole = ({ segment }: Listed, role: string): string => `private-${segment}.role.${role}`;

/** The patterns of a list's channels, in the order of {@link listChannelRules}. */
export const listChannelPatterns = (subject: Listed): readonly [string, string, string] => [
  everybody(subject),
  ofPerson(subject, "{id}"),
  ofRole(subject, "{id}"),
];

/** The channels that an open list of an actor listens to. */
export function liveListChannels(subject: Listed, actor: UserActor): string[] {
  if (!subject.list) return [];
  return subject.list.seesAll(actor)
    ? [everybody(subject)]
    : [ofPerson(subject, actor.userId), ofRole(subject, actor.role)];
}

/** The channels on which a change of a record's list is told. */
export async function channelsOfListChange(
  subject: Listed,
  database: Database,
  id: string,
  change: ChangeRow,
): Promise<string[]> {
  if (!subject.list?.shows(change)) return [];
  const { userIds, roles } = await subject.list.readersOf(database, id, change);
  return [
    everybody(subject),
    ...userIds.map((userId) => ofPerson(subject, userId)),
    ...roles.map((role) => ofRole(subject, role)),
  ];
}

/** Who may listen to the lists of records. */
export function listChannelRules(subjects: readonly Listed[]): readonly ChannelRule<unknown>[] {
  return subjects.flatMap((subject): ChannelRule<unknown>[] => {
    const { list } = subject;
    if (!list) return [];
    const rule = (pattern: string, authorize: ChannelRule<unknown>["authorize"]) => ({
      ...{ pattern, scope: subject.scopes.read, clientEvents: false, authorize },
    });
    const [all, person, role] = listChannelPatterns(subject);
    return [
      rule(all, (_, actor) => list.seesAll(actor)),
      rule(person, (_, actor, id) => id === String(actor.userId)),
      rule(role, (_, actor, slug) => slug === actor.role),
    ];
  });
}
