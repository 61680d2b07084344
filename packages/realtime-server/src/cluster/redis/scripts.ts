import { createHash } from "node:crypto";

/** A Lua script that Redis knows by its digest. */
export type Script = { readonly lua: string; readonly digest: string };

const script = (lua: string): Script => ({ lua, digest: createHash("sha1").update(lua).digest("hex") });

/**
 * The entry of a user in a topic's state is "1" when webhooks were told of them, else "0", then the replicas they are in,
 * each after a space, and in the next line their info. Who is in no replica is kept for as long as webhooks have to tell that they left.
 */
const ENTRIES = `
local function decode(text)
  local stop = string.find(text, '\\n', 1, true)
  local entry = { isTold = string.sub(text, 1, 1) == '1', replicas = {}, info = string.sub(text, stop + 1) }
  for name in string.gmatch(string.sub(text, 3, stop - 1), '%S+') do
    entry.replicas[#entry.replicas + 1] = name
  end
  return entry
end
local function read(state, user)
  local text = redis.call('HGET', state, 'm:' .. user)
  return text and decode(text) or { isTold = false, replicas = {}, info = '' }
end
local function each(state, visit)
  local fields = redis.call('HGETALL', state)
  for index = 1, #fields, 2 do
    if string.sub(fields[index], 1, 2) == 'm:' then visit(string.sub(fields[index], 3), fields[index + 1]) end
  end
end
`;

/**
 * Changes what one replica has of a topic, and announces it to the topic in the same step.
 * KEYS state: one key, for in a Redis Cluster a slot is moved key by key
 * ARGV publish command, pub/sub channel, replica,
 *      subscriptions ("" to leave them), "1" to announce their total, "1" when webhooks told of the channel already,
 *      "1" when webhooks tell of members, "1" when the users that follow are all of this replica,
 *      limit of distinct users (0 for none), number of users that enter,
 *      for each of these: id, info, "1" when webhooks told of them already; then the ids of users that leave
 * Returns { "full" or "ok", version, total, version of the total, occupied, vacated, users that came, users that left }
 * A version is microseconds of Redis's clock, and always above the one before.
 */
export const CHANGE = script(`${ENTRIES}
local state = KEYS[1]
local publish, channel, replica = ARGV[1], ARGV[2], ARGV[3]
local count, isAnnounced, isKnown = ARGV[4], ARGV[5] == '1', ARGV[6] == '1'
local isReported, isWhole, limit, entering = ARGV[7] == '1', ARGV[8] == '1', tonumber(ARGV[9]), tonumber(ARGV[10])
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
local function announce(user, held, info)
  local before
  before, version = step('v')
  redis.call(publish, channel, string.format('m %.0f %.0f %d %d\\n', before, version, held, #user) .. user .. info)
end

local function write(user, entry)
  if #entry.replicas == 0 and not entry.isTold then return redis.call('HDEL', state, 'm:' .. user) end
  local info = #entry.replicas == 0 and '' or entry.info
  local head = (entry.isTold and '1 ' or '0 ') .. table.concat(entry.replicas, ' ')
  redis.call('HSET', state, 'm:' .. user, head .. '\\n' .. info)
end

local function indexIn(replicas)
  for index, name in ipairs(replicas) do
    if name == replica then return index end
  end
end

local came, left = {}, {}

local function exit(user)
  local entry = read(state, user)
  local index = indexIn(entry.replicas)
  if index then
    table.remove(entry.replicas, index)
    if #entry.replicas == 0 then
      redis.call('HINCRBY', state, 'u', -1)
      if isReported then left[#left + 1] = user end
    end
    write(user, entry)
    announce(user, #entry.replicas, '')
  end
end

local function enter(user, info, isTold)
  local entry = read(state, user)
  if not indexIn(entry.replicas) then
    table.insert(entry.replicas, replica)
    if #entry.replicas == 1 then
      redis.call('HINCRBY', state, 'u', 1)
      entry.info = info
      if isReported and not entry.isTold then
        entry.isTold = true
        if not isTold then came[#came + 1] = user end
      end
    end
    write(user, entry)
    announce(user, #entry.replicas, info)
  end
end

if limit > 0 and entering > 0 and #read(state, ARGV[11]).replicas == 0 and number('u') >= limit then
  return { 'full', string.format('%.0f', version), 0, '0', 0, 0, {}, {} }
end

if isWhole then
  local stays = {}
  for index = 11, 8 + 3 * entering, 3 do stays[ARGV[index]] = true end
  each(state, function(user, text)
    if not stays[user] and string.find(text, replica, 1, true) then exit(user) end
  end)
end
for index = 11, 8 + 3 * entering, 3 do enter(ARGV[index], ARGV[index + 1], ARGV[index + 2] == '1') end
for index = 11 + 3 * entering, #ARGV do
  local user = ARGV[index]
  exit(user)
  local entry = read(state, user)
  if isWhole and isReported and #entry.replicas == 0 then
    entry.isTold = true
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
    if redis.call('HSETNX', state, 'r', 1) == 1 and not isKnown then occupied = 1 end
  elseif isKnown or subscriptions ~= before then
    if isKnown then redis.call('HSET', state, 'r', 1) end
    vacated = redis.call('HEXISTS', state, 'r')
  end
end

if total > 0 or number('u') > 0 then redis.call('PERSIST', state) else redis.call('EXPIRE', state, 60) end
return { 'ok', string.format('%.0f', version), total, counted, occupied, vacated, came, left }
`);

/**
 * Whether an end is still one, and nobody has told it yet.
 * KEYS state; ARGV user id, or none for the channel
 */
export const SETTLE = script(`${ENTRIES}
if ARGV[1] then
  local entry = read(KEYS[1], ARGV[1])
  if #entry.replicas > 0 or not entry.isTold then return 0 end
  return redis.call('HDEL', KEYS[1], 'm:' .. ARGV[1])
end
if tonumber(redis.call('HGET', KEYS[1], 'n') or '0') > 0 then return 0 end
return redis.call('HDEL', KEYS[1], 'r')
`);

/**
 * What has ended and has not been told yet.
 * KEYS state; returns { 1 when the channel is vacated, users that are gone… }
 */
export const ENDED = script(`${ENTRIES}
local isOccupied = tonumber(redis.call('HGET', KEYS[1], 'n') or '0') > 0
local ended = { (not isOccupied and redis.call('HEXISTS', KEYS[1], 'r') == 1) and 1 or 0 }
each(KEYS[1], function(user, text)
  if string.sub(text, 1, 3) == '1 \\n' then ended[#ended + 1] = user end
end)
return ended
`);

/** KEYS dues; ARGV milliseconds until they are due, names… */
export const HOLD = script(`
local time = redis.call('TIME')
local due = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])
for index = 2, #ARGV do redis.call('ZADD', KEYS[1], due, ARGV[index]) end
return 1
`);

/**
 * Takes what is due, for so long that whoever takes it has told it; later it is due again.
 * KEYS dues; ARGV milliseconds of the lease, limit
 * Returns { end of the lease, names… }
 */
export const CLAIM = script(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local lease = string.format('%.0f', now + tonumber(ARGV[1]))
local names = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now), 'LIMIT', 0, ARGV[2])
for _, name in ipairs(names) do redis.call('ZADD', KEYS[1], lease, name) end
table.insert(names, 1, lease)
return names
`);

/** Forgets what was taken and told, unless it is due anew. KEYS dues; ARGV end of the lease, names… */
export const DONE = script(`
for index = 2, #ARGV do
  if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[index]) or '-1') == tonumber(ARGV[1]) then
    redis.call('ZREM', KEYS[1], ARGV[index])
  end
end
return 1
`);

/**
 * KEYS replicas; ARGV replica, milliseconds of silence that a replica may keep
 * Returns { milliseconds since the last one or -1 when it is the first, silent replicas… }
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

/**
 * Publishes an event of a cache channel and keeps it as the last one, so that nobody sees one without the other.
 * KEYS cached; ARGV publish command, pub/sub channel, message, what is kept, for how many milliseconds
 */
export const PUBLISH_CACHED = script(`
redis.call('SET', KEYS[1], ARGV[4], 'PX', ARGV[5])
return redis.call(ARGV[1], ARGV[2], ARGV[3])
`);

/**
 * Publishes on the node that the channel's name belongs to: any node of a Redis Cluster takes a PUBLISH, and two of them
 * have no order between them.
 * KEYS pub/sub channel; ARGV message
 */
export const PUBLISH_AT_HOME = script(`return redis.call('PUBLISH', KEYS[1], ARGV[1])`);

export const SCRIPTS: readonly Script[] = [
  CHANGE,
  PUBLISH_CACHED,
  PUBLISH_AT_HOME,
  SETTLE,
  ENDED,
  HOLD,
  CLAIM,
  DONE,
  HEARTBEAT,
];
