import { MEMBER_ENTRIES } from "./member-entries";
import { script } from "./script";

/**
 * Changes the subscriptions and members of one replica in a topic, and announces the change on the topic in the same step.
 * KEYS state: one key, because slots of a Redis Cluster migrate key by key
 * ARGV publish command, pub/sub channel, replica,
 *      subscriptions ("" to leave them), "1" to announce their total, "1" when `channel_occupied` has been raised,
 *      "1" when members have webhooks, "1" when the joining users are all members of this replica,
 *      limit of distinct users (0 for none), number of joining users,
 *      for each of these: id, info, "1" when `member_added` has been raised; then the ids of leaving users
 * Returns { "full" or "ok", version, total, version of the total, occupied, vacated, users that joined, users that left }
 * A version is microseconds of Redis's clock, and always above the one before.
 */
export const CHANGE_TOPIC = script(`${MEMBER_ENTRIES}
local state = KEYS[1]
local publish, channel, replica = ARGV[1], ARGV[2], ARGV[3]
local count, isAnnounced, isOccupancyReported = ARGV[4], ARGV[5] == '1', ARGV[6] == '1'
local hasMemberWebhooks, isComplete, limit, joining = ARGV[7] == '1', ARGV[8] == '1', tonumber(ARGV[9]), tonumber(ARGV[10])
local time = redis.call('TIME')
local clock = time[1] * 1000000 + time[2]

local function number(field) return tonumber(redis.call('HGET', state, field) or '0') end

local function step(field)
  local before = number(field)
  local after = math.max(before + 1, clock)
  redis.call('HSET', state, field, string.format('%.0f', after))
  return before, after
end

local version = number('v')
local function announce(user, replicaCount, info)
  local before
  before, version = step('v')
  redis.call(publish, channel, string.format('m %.0f %.0f %d %d\\n', before, version, replicaCount, #user) .. user .. info)
end

local function write(user, entry)
  if #entry.replicas == 0 and not entry.isReported then return redis.call('HDEL', state, 'm:' .. user) end
  local info = #entry.replicas == 0 and '' or entry.info
  local head = (entry.isReported and '1 ' or '0 ') .. table.concat(entry.replicas, ' ')
  redis.call('HSET', state, 'm:' .. user, head .. '\\n' .. info)
end

local function indexIn(replicas)
  for index, name in ipairs(replicas) do
    if name == replica then return index end
  end
end

local joined, left = {}, {}

local function leave(user)
  local entry = read(state, user)
  local index = indexIn(entry.replicas)
  if index then
    table.remove(entry.replicas, index)
    if #entry.replicas == 0 then
      redis.call('HINCRBY', state, 'u', -1)
      if hasMemberWebhooks then left[#left + 1] = user end
    end
    write(user, entry)
    announce(user, #entry.replicas, '')
  end
end

local function join(user, info, isReported)
  local entry = read(state, user)
  if not indexIn(entry.replicas) then
    table.insert(entry.replicas, replica)
    if #entry.replicas == 1 then
      redis.call('HINCRBY', state, 'u', 1)
      entry.info = info
      if hasMemberWebhooks and not entry.isReported then
        entry.isReported = true
        if not isReported then joined[#joined + 1] = user end
      end
    end
    write(user, entry)
    announce(user, #entry.replicas, info)
  end
end

if limit > 0 and joining > 0 and #read(state, ARGV[11]).replicas == 0 and number('u') >= limit then
  return { 'full', string.format('%.0f', version), 0, '0', 0, 0, {}, {} }
end

if isComplete then
  local stays = {}
  for index = 11, 8 + 3 * joining, 3 do stays[ARGV[index]] = true end
  each(state, function(user, text)
    if not stays[user] and string.find(text, replica, 1, true) then leave(user) end
  end)
end
for index = 11, 8 + 3 * joining, 3 do join(ARGV[index], ARGV[index + 1], ARGV[index + 2] == '1') end
for index = 11 + 3 * joining, #ARGV do
  local user = ARGV[index]
  leave(user)
  local entry = read(state, user)
  if isComplete and hasMemberWebhooks and #entry.replicas == 0 then
    entry.isReported = true
    write(user, entry)
    left[#left + 1] = user
  end
end

local total = number('n')
local counted, occupied, vacated = '0', 0, 0
if count ~= '' then
  local subscriptions = tonumber(count)
  local before = number('c:' .. replica)
  if subscriptions ~= before then
    if subscriptions == 0 then redis.call('HDEL', state, 'c:' .. replica)
    else redis.call('HSET', state, 'c:' .. replica, subscriptions) end
    total = redis.call('HINCRBY', state, 'n', subscriptions - before)
    local _, after = step('t')
    counted = string.format('%.0f', after)
    if isAnnounced then redis.call(publish, channel, 'c ' .. counted .. ' ' .. total .. ' ' .. replica .. '\\n') end
  end
  if total > 0 then
    if redis.call('HSETNX', state, 'r', 1) == 1 and not isOccupancyReported then occupied = 1 end
  elseif isOccupancyReported or subscriptions ~= before then
    if isOccupancyReported then redis.call('HSET', state, 'r', 1) end
    vacated = redis.call('HEXISTS', state, 'r')
  end
end

if total > 0 or number('u') > 0 then redis.call('PERSIST', state) else redis.call('EXPIRE', state, 60) end
return { 'ok', string.format('%.0f', version), total, counted, occupied, vacated, joined, left }
`);
