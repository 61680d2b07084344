import { MEMBER_ENTRIES } from "./member-entries";
import { script } from "./script";

/**
 * Marks the end of a member, or of a channel's occupation, as reported.
 * KEYS state; ARGV user id, or none for the channel
 * Returns 1 when it has ended and had not been reported
 */
export const RESOLVE_END = script(`${MEMBER_ENTRIES}
if ARGV[1] then
  local entry = read(KEYS[1], ARGV[1])
  if #entry.replicas > 0 or not entry.isReported then return 0 end
  return redis.call('HDEL', KEYS[1], 'm:' .. ARGV[1])
end
if tonumber(redis.call('HGET', KEYS[1], 'n') or '0') > 0 then return 0 end
return redis.call('HDEL', KEYS[1], 'r')
`);

/**
 * Lists ends that have not been reported.
 * KEYS state
 * Returns { 1 when the channel is vacated, users that left… }
 */
export const LIST_UNSENT_ENDS = script(`${MEMBER_ENTRIES}
local isOccupied = tonumber(redis.call('HGET', KEYS[1], 'n') or '0') > 0
local ended = { (not isOccupied and redis.call('HEXISTS', KEYS[1], 'r') == 1) and 1 or 0 }
each(KEYS[1], function(user, text)
  if string.sub(text, 1, 3) == '1 \\n' then ended[#ended + 1] = user end
end)
return ended
`);

/** Schedules webhooks. KEYS delayed webhooks; ARGV delay in milliseconds, names… */
export const SCHEDULE_WEBHOOKS = script(`
local time = redis.call('TIME')
local due = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])
for index = 2, #ARGV do redis.call('ZADD', KEYS[1], due, ARGV[index]) end
return 1
`);

/**
 * Leases due webhooks: until the lease ends no other process gets them.
 * KEYS delayed webhooks; ARGV milliseconds of the lease, limit
 * Returns { end of the lease, names… }
 */
export const LEASE_DUE_WEBHOOKS = script(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local lease = string.format('%.0f', now + tonumber(ARGV[1]))
local names = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now), 'LIMIT', 0, ARGV[2])
for _, name in ipairs(names) do redis.call('ZADD', KEYS[1], lease, name) end
table.insert(names, 1, lease)
return names
`);

/** Removes leased webhooks, except those scheduled again. KEYS delayed webhooks; ARGV end of the lease, names… */
export const COMPLETE_WEBHOOKS = script(`
for index = 2, #ARGV do
  if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[index]) or '-1') == tonumber(ARGV[1]) then
    redis.call('ZREM', KEYS[1], ARGV[index])
  end
end
return 1
`);
