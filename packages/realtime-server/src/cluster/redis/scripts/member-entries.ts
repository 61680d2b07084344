/**
 * Lua functions for the members of a topic. A member's entry in the topic's state is "1" when `member_added` has been raised,
 * else "0", then the replicas that have the member, each after a space, and in the next line the member's info. An entry
 * without a replica stays until `member_removed` is raised.
 */
export const MEMBER_ENTRIES = `
local function decode(text)
  local stop = string.find(text, '\\n', 1, true)
  local entry = { isReported = string.sub(text, 1, 1) == '1', replicas = {}, info = string.sub(text, stop + 1) }
  for name in string.gmatch(string.sub(text, 3, stop - 1), '%S+') do
    entry.replicas[#entry.replicas + 1] = name
  end
  return entry
end
local function read(state, user)
  local text = redis.call('HGET', state, 'm:' .. user)
  return text and decode(text) or { isReported = false, replicas = {}, info = '' }
end
local function each(state, visit)
  local fields = redis.call('HGETALL', state)
  for index = 1, #fields, 2 do
    if string.sub(fields[index], 1, 2) == 'm:' then visit(string.sub(fields[index], 3), fields[index + 1]) end
  end
end
`;
