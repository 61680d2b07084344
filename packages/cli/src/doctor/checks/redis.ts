import { createRedis, isReplica } from "@mgs/jobs/redis";
import { type Check, fail, ok, warn } from "../check";

/** BullMQ needs this version. */
const MIN_VERSION = 6.2;

export const redis: Check = {
  name: "redis",
  title: "Redis",
  advice: "Start Redis, or correct REDIS_URL. Notifications are kept meanwhile, but nothing is delivered.",
  addresses: ({ common }) => [common.REDIS_URL],
  async run({ common }) {
    const client = createRedis(common.REDIS_URL, "mgs-doctor", 5_000);
    try {
      await client.connect();
      const info = await client.info();
      const field = (name: string) => new RegExp(`^${name}:(.*)$`, "m").exec(info)?.[1]?.trim() ?? "";
      const version = field("redis_version");
      if (Number.parseFloat(version) < MIN_VERSION)
        return fail(`version ${version}`, `Version ${MIN_VERSION} or newer is needed.`);
      if (isReplica(info)) {
        return fail("is a replica and takes no writes", "Let REDIS_URL lead to the primary.");
      }
      const policy = field("maxmemory_policy");
      if (policy !== "noeviction") {
        return fail(`maxmemory-policy is ${policy}`, "Set maxmemory-policy noeviction: evicted keys are lost jobs.");
      }
      const kept = field("aof_enabled") === "1" || (await hasSnapshots(client));
      if (kept) return ok(`version ${version}, noeviction, keeps its data`);
      return warn(
        `version ${version}, keeps nothing over a restart`,
        "Set appendonly yes. Nothing is lost without it, but what waits is delivered later.",
      );
    } finally {
      client.disconnect();
    }
  },
};

/** Tells whether Redis makes snapshots. A hosted server refuses CONFIG; its operator decides. */
async function hasSnapshots(client: ReturnType<typeof createRedis>): Promise<boolean> {
  try {
    const answer = await client.config("GET", "save");
    return Array.isArray(answer) && answer[1] !== "";
  } catch {
    return true;
  }
}
