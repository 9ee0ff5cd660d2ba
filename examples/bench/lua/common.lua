-- What the scripts share; it stands before each of them.

-- give_back makes the numbers of a hold free and forgets the hold.
local function give_back(id)
  local h = redis.call('HMGET', 'hold:' .. id, 'area', 'numbers')
  for n in string.gmatch(h[2], '%d+') do redis.call('RPUSH', 'free:' .. h[1], n) end
  redis.call('DEL', 'hold:' .. id)
  redis.call('ZREM', 'ends', id)
end

-- give_back_due does so with up to most holds that have run out.
local function give_back_due(now, most)
  local due = redis.call('ZRANGEBYSCORE', 'ends', '-inf', now, 'LIMIT', 0, most)
  for _, id in ipairs(due) do give_back(id) end
  return #due
end
