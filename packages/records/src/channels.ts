import type { UserActor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import type { ChannelRule } from "@mgs/realtime/authorize-channel";
import { listChannelRules } from "./lists/live-list";
import type { Subject } from "./subject";

type ChannelDeps = { database: Database };

/**
 * The channels of every kind of record, and of its list: `private-…` tells of changes, `presence-…` of who is there. Members of the latter tell each other
 * with client events that they type, or have unsaved changes.
 * @param nameOf the name of a person, which the composition knows
 * @param isInvisible whether somebody is not to be seen: they hear of changes all the same
 */
export function subjectChannels(
  subjects: readonly Subject[],
  nameOf: (deps: ChannelDeps, userId: number) => Promise<string>,
  isInvisible: (deps: ChannelDeps, userId: number) => Promise<boolean>,
): readonly ChannelRule<ChannelDeps>[] {
  const ofRecords = subjects.flatMap((subject) =>
    subject.channels.flatMap((channel): ChannelRule<ChannelDeps>[] => {
      const mayRead = async (deps: ChannelDeps, actor: UserActor, id: string) =>
        (await subject.find(deps, actor, id)) !== null || (false as const);
      return [
        { pattern: `private-${channel}`, scope: subject.scopes.read, clientEvents: false, authorize: mayRead },
        {
          pattern: `presence-${channel}`,
          scope: subject.scopes.read,
          clientEvents: true,
          authorize: async (deps, actor, id) =>
            (await mayRead(deps, actor, id)) &&
            !(await isInvisible(deps, actor.userId)) && {
              user_id: String(actor.userId),
              user_info: { name: await nameOf(deps, actor.userId) },
            },
        },
      ];
    }),
  );
  return [...ofRecords, ...listChannelRules(subjects)];
}
