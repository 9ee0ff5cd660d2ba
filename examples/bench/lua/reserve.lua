-- area, holder, hold, now, end: ten numbers, or none where there are fewer.
local area, holder, hold, now, ends = unpack(ARGV)
local free = 'free:' .. area
give_back_due(now, 4)
while redis.call('LLEN', free) < 10 do
  if give_back_due(now, 1000) == 0 then return {} end
end
local numbers = redis.call('LPOP', free, 10)
redis.call('HSET', 'hold:' .. hold, 'holder', holder, 'ends', ends, 'area', area, 'numbers', table.concat(numbers, ' '))
redis.call('ZADD', 'ends', ends, hold)
for i, n in ipairs(numbers) do numbers[i] = tonumber(n) end
return numbers
