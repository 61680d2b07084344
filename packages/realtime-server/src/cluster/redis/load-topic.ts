import type { RedisContext } from "./context";
import type { MembersSnapshot } from "./mirror";
import { LOAD } from "./scripts";
import type { Session } from "./session";

export type LoadedTopic = {
  snapshot: MembersSnapshot;
  /** Subscriptions in all replicas, and the version of that number. */
  total: number;
  totalVersion: number;
};

/** All that Redis knows of a topic. @throws Error when the session ends */
export async function loadTopic(
  { keys }: Pick<RedisContext, "keys">,
  session: Session,
  appId: string,
  name: string,
): Promise<LoadedTopic> {
  const answer = await session.runScript(LOAD, [keys.state(appId, name)], []);
  const [version, total, totalVersion, flat] = answer as [string, number, string, (string | number)[]];
  const members = new Map<string, { held: number; info: string }>();
  for (let index = 0; index < flat.length; index += 3) {
    members.set(String(flat[index]), { held: Number(flat[index + 1]), info: String(flat[index + 2]) });
  }
  return { snapshot: { version: Number(version), members }, total, totalVersion: Number(totalVersion) };
}
