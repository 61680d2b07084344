import { createRedis, waitUntilReady } from "../redis";

const SCAN_COUNT = 1_000;

/**
 * Deletes every key of Redis that begins with one of the prefixes, in small steps.
 * @returns how many, a number for each prefix
 * @throws Error when Redis does not answer
 */
export async function clearKeys(redisUrl: string, prefixes: readonly string[]): Promise<number[]> {
  const client = createRedis(redisUrl, "mgs-clear-keys", 5_000);
  try {
    await waitUntilReady(client);
    const counts: number[] = [];
    for (const prefix of prefixes) {
      let [count, cursor] = [0, "0"];
      do {
        const [next, keys] = await client.scan(cursor, "MATCH", `${prefix}*`, "COUNT", SCAN_COUNT);
        if (keys.length > 0) count += await client.unlink(...keys);
        cursor = next;
      } while (cursor !== "0");
      counts.push(count);
    }
    return counts;
  } catch (error) {
    throw new Error("Redis does not answer", { cause: error });
  } finally {
    client.disconnect();
  }
}
