-- holder, number, person: who has no number yet gets one that nobody has.
local holder, number, person = unpack(ARGV)
if redis.call('HGET', 'owned:' .. holder, number) ~= '' then return {0} end
if redis.call('HSETNX', 'people:' .. holder, person, number) == 0 then return {0} end
redis.call('HSET', 'owned:' .. holder, number, person)
return {1}
