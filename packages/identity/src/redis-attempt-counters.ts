import { uuidv7 } from "@mgs/core/ids";
import { ATTEMPT_LEASE_MS, type AttemptCounters, type AttemptLimit, type CountedKey } from "./attempt-counters";

/** The part of a Redis client that the counters use. */
export type ScriptRunner = {
  eval(script: string, numberOfKeys: number, ...keysAndArguments: (string | number)[]): Promise<unknown>;
  del(...keys: string[]): Promise<unknown>;
};

/** Answers 0 and takes the attempt; or -1 when busy; or the milliseconds to wait. Keys: three a limit. */
const ADMIT = `
local id, lease = ARGV[1], tonumber(ARGV[2])
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local busy, wait = false, 0
for i = 1, #KEYS, 3 do
  local at = (i - 1) / 3 * 2 + 3
  local limit, grows = tonumber(ARGV[at]), ARGV[at + 1] == '1'
  redis.call('ZREMRANGEBYSCORE', KEYS[i + 1], '-inf', now)
  local failed = tonumber(redis.call('GET', KEYS[i]) or '0')
  local open = redis.call('ZCARD', KEYS[i + 1])
  if failed >= limit then
    local delay = redis.call('PTTL', grows and KEYS[i + 2] or KEYS[i])
    if delay > 0 then wait = math.max(wait, delay) elseif open > 0 then busy = true end
  elseif failed + open >= limit then
    busy = true
  end
end
if wait > 0 then return wait end
if busy then return -1 end
for i = 2, #KEYS, 3 do
  redis.call('ZADD', KEYS[i], now + lease, id)
  redis.call('PEXPIRE', KEYS[i], lease)
end
return 0`;

/**
 * Takes the attempt off its limits, and counts a failure where one is told; the answer holds the failures. Keys: three a limit. A
 * group is the set of the keys that have failures.
 */
const SETTLE = `
local id, failed = ARGV[1], ARGV[2] == '1'
local counts = {}
for i = 1, #KEYS, 3 do
  redis.call('ZREM', KEYS[i + 1], id)
  if failed then
    local at = (i - 1) / 3 * 5 + 3
    local limit, window = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
    local first, longest = tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
    local count = redis.call('INCR', KEYS[i])
    if count == 1 then redis.call('PEXPIRE', KEYS[i], window) end
    table.insert(counts, count)
    local group = ARGV[at + 4]
    if group ~= '' then
      redis.call('SADD', group, KEYS[i])
      redis.call('PEXPIRE', group, math.max(window, redis.call('PTTL', group)))
    end
    if longest > 0 and count >= limit then
      redis.call('SET', KEYS[i + 2], 1, 'PX', math.min(longest, first * 2 ^ math.min(count - limit, 30)))
    end
  end
end
return counts`;

const FORGET_GROUP = `
for _, key in ipairs(redis.call('SMEMBERS', KEYS[1])) do redis.call('DEL', key, key .. ':delay') end
return redis.call('DEL', KEYS[1])`;

/** Answers key, failures, and the milliseconds of window and delay that are left, one key after the other. */
const INSPECT_GROUP = `
local states = {}
for _, key in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  local failures = tonumber(redis.call('GET', key) or '0')
  if failures > 0 then
    table.insert(states, key)
    table.insert(states, failures)
    table.insert(states, math.max(0, redis.call('PTTL', key)))
    table.insert(states, math.max(0, redis.call('PTTL', key .. ':delay')))
  end
end
return states`;

/** Counters that all processes share. They reject while Redis is away. @param prefix of every key */
export function createRedisAttemptCounters(redis: ScriptRunner, prefix: string): AttemptCounters {
  const keysOf = ({ key }: Pick<AttemptLimit, "key">) =>
    ["", ":under-way", ":delay"].map((suffix) => `${prefix}${key}${suffix}`);
  const groupKey = (group: string) => `${prefix}group:${group}`;
  const run = (script: string, limits: readonly AttemptLimit[], ...args: (string | number)[]) => {
    const keys = limits.flatMap(keysOf);
    return redis.eval(script, keys.length, ...keys, ...args);
  };
  return {
    async admit(limits) {
      const id = uuidv7();
      const bounds = limits.flatMap(({ failures, delay }) => [failures, delay === undefined ? 0 : 1]);
      const settle = async (outcome: "failed" | "withdrawn"): Promise<readonly number[]> => {
        const rules = limits.flatMap(({ failures, windowMs, delay, group }) => [
          ...[failures, windowMs, delay?.firstMs ?? 0, delay?.maxMs ?? 0, group === undefined ? "" : groupKey(group)],
        ]);
        const counts = await run(SETTLE, limits, id, outcome === "failed" ? 1 : 0, ...rules);
        return Array.isArray(counts) ? counts.map(Number) : [];
      };
      const answer = await run(ADMIT, limits, id, ATTEMPT_LEASE_MS, ...bounds).catch((error: unknown) => {
        // Redis may only have been too slow: this gives back an attempt that it has counted, behind it on the same connection.
        settle("withdrawn").catch(() => undefined);
        throw error;
      });
      const wait = Number(answer);
      if (wait !== 0) return wait < 0 ? "busy" : wait;
      return { settle };
    },
    async forget(key) {
      const [failures = "", , delay = ""] = keysOf({ key });
      await redis.del(failures, delay);
    },
    async forgetGroup(group) {
      await redis.eval(FORGET_GROUP, 1, groupKey(group));
    },
    async inspectGroup(group) {
      const states = await redis.eval(INSPECT_GROUP, 1, groupKey(group));
      return Array.isArray(states) ? readStates(states, prefix) : [];
    },
  };
}

function readStates(states: readonly unknown[], prefix: string): CountedKey[] {
  return Array.from({ length: states.length / 4 }, (_, index) => {
    const [key, failures, remainingMs, delayMs] = states.slice(4 * index, 4 * index + 4);
    const name = String(key).slice(prefix.length);
    return { key: name, failures: Number(failures), remainingMs: Number(remainingMs), delayMs: Number(delayMs) };
  });
}
