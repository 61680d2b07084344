import type { RedisContext } from "./context";
import type { MembersSnapshot } from "./mirror";
import type { Session } from "./session";

export type LoadedTopic = {
  snapshot: MembersSnapshot;
  /** Subscriptions in all replicas, and the version of that number. */
  total: number;
  totalVersion: number;
};

const MEMBER = "m:";

/** All that Redis knows of a topic. @throws Error when the session ends */
export async function loadTopic(
  { keys }: Pick<RedisContext, "keys">,
  session: Session,
  appId: string,
  name: string,
): Promise<LoadedTopic> {
  const state = await session.run((client) => client.hgetall(keys.state(appId, name)));
  const members = new Map<string, { held: number; info: string }>();
  for (const [field, entry] of Object.entries(state)) {
    if (!field.startsWith(MEMBER)) continue;
    const end = entry.indexOf("\n");
    const held = entry.slice(2, end).split(" ").filter(Boolean).length;
    // Who is in no replica has left, and webhooks have to be told.
    if (held > 0) members.set(field.slice(MEMBER.length), { held, info: entry.slice(end + 1) });
  }
  const number = (field: string) => Number(state[field] ?? 0);
  return { snapshot: { version: number("v"), members }, total: number("n"), totalVersion: number("t") };
}
