-- holder, area, numbers: all are free, or none if the holder cannot let one go.
local owned, free = 'owned:' .. ARGV[1], 'free:' .. ARGV[2]
for i = 3, #ARGV do
  if redis.call('HGET', owned, ARGV[i]) ~= '' then return {0} end
end
for i = 3, #ARGV do
  redis.call('HDEL', owned, ARGV[i])
  redis.call('RPUSH', free, ARGV[i])
end
return {1}
