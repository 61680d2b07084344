import { readStatistics } from "@mgs/realtime-admin/read-statistics";
import { searchChannels } from "@mgs/realtime-admin/search-channels";
import type { ConsoleContext } from "../console-context";
import type { Sample } from "./samples";
import { tryRead } from "./try-read";

/** Reads the part of the page that refreshes. */
export async function readLive(context: ConsoleContext): Promise<Sample> {
  const { texts, runtime, actor } = context;
  const { value, problem } = await tryRead(context, async () => {
    const statistics = await readStatistics(runtime, actor);
    if (statistics === null) return null;
    const { replicas } = statistics;
    const only = replicas.length === 1 ? replicas[0] : undefined;
    // Each process counts the channels that it has subscribers of: with several, a sum would count a channel twice.
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
