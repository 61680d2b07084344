import { readStatistics } from "@mgs/realtime-admin/read-statistics";
import { searchChannels } from "@mgs/realtime-admin/search-channels";
import type { ConsoleVisit } from "../guard";
import { attempt } from "./attempt";
import type { Reading } from "./readings";

/** What the page shows and refreshes. */
export async function readLive(visit: ConsoleVisit): Promise<Reading> {
  const { texts, runtime, actor } = visit;
  const { value, problem } = await attempt(visit, async () => {
    const statistics = await readStatistics(runtime, actor);
    if (statistics === null) return null;
    const { replicas } = statistics;
    const only = replicas.length === 1 ? replicas[0] : undefined;
    // A channel is counted by each process that has a subscriber of it.
    const channels = only?.channels ?? (await searchChannels(runtime, actor, { limit: 1 })).total;
    return { channels, replicas };
  });
  const at = Date.now();
  if (problem !== null) return { at, problem, channels: 0, replicas: [] };
  if (value === null) return { at, problem: "foreign", channels: 0, replicas: [] };
  return {
    at,
    problem: null,
    channels: value.channels,
    replicas: value.replicas.map((replica) => ({
      ...replica,
      uptime: texts.duration(replica.uptime_seconds),
      memory: texts.bytes(replica.memory_rss),
    })),
  };
}
