-- now, areas: how many numbers are free, held, owned, assigned.
local free, held, owned, assigned = 0, 0, 0, 0
for area = 0, ARGV[2] - 1 do free = free + redis.call('LLEN', 'free:' .. area) end
for _, key in ipairs(redis.call('KEYS', 'hold:*')) do
  local h = redis.call('HMGET', key, 'ends', 'numbers')
  local _, count = string.gsub(h[2], '%d+', '')
  if tonumber(h[1]) > tonumber(ARGV[1]) then held = held + count else free = free + count end
end
for _, key in ipairs(redis.call('KEYS', 'owned:*')) do owned = owned + redis.call('HLEN', key) end
for _, key in ipairs(redis.call('KEYS', 'people:*')) do assigned = assigned + redis.call('HLEN', key) end
return {free, held, owned, assigned}
