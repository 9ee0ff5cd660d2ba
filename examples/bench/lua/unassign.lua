-- holder, number, person
local holder, number, person = unpack(ARGV)
if redis.call('HGET', 'owned:' .. holder, number) ~= person then return {0} end
redis.call('HSET', 'owned:' .. holder, number, '')
redis.call('HDEL', 'people:' .. holder, person)
return {1}
