import { script } from "./script";

/**
 * Records a heartbeat.
 * KEYS replicas; ARGV replica, milliseconds of silence after which a replica counts as dead
 * Returns { milliseconds since its last heartbeat or -1 for the first, dead replicas… }
 */
export const HEARTBEAT = script(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local before = redis.call('ZSCORE', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
local silent = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - tonumber(ARGV[2])))
table.insert(silent, 1, before and now - tonumber(before) or -1)
return silent
`);
