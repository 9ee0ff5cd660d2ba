-- hold, holder, now, numbers: those become the holder's, the rest is free.
local hold, holder, now = ARGV[1], ARGV[2], ARGV[3]
local h = redis.call('HMGET', 'hold:' .. hold, 'holder', 'ends', 'area', 'numbers')
if not h[1] or h[1] ~= holder or tonumber(h[2]) <= tonumber(now) then return {0} end
local wanted = {}
for i = 4, #ARGV do wanted[ARGV[i]] = true end
local rest, found = {}, 0
for n in string.gmatch(h[4], '%d+') do
  if wanted[n] then found = found + 1 else rest[#rest + 1] = n end
end
if found ~= #ARGV - 3 then return {0} end
for n in pairs(wanted) do redis.call('HSET', 'owned:' .. holder, n, '') end
if #rest > 0 then redis.call('RPUSH', 'free:' .. h[3], unpack(rest)) end
redis.call('DEL', 'hold:' .. hold)
redis.call('ZREM', 'ends', hold)
return {1}
