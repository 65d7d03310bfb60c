"""The script that keeps an account in Redis, by the rules of `LocalAccount`."""

from typing import Final

SCRIPT: Final = """
-- KEYS: requests and tokens (sorted sets of places by time), costs (a hash of tokens by place, and
-- three sums), hold (a key that expires when places are granted again).
-- ARGV[1]: a JSON object, see `RedisAccount`.
local requests, tokens, costs, hold = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local order = cjson.decode(ARGV[1])
local clock = redis.call('TIME')
local now = tonumber(clock[1]) + tonumber(clock[2]) / 1000000
local function exact(number) return string.format('%.6f', number) end
local function sum(name) return tonumber(redis.call('HGET', costs, name) or 0) end
local function increase(name, by) redis.call('HINCRBY', costs, name, by) end

-- Drop entries that are no longer in any window.
local kept, tokens_kept = order.kept, order.kept
for _, window in ipairs(order.windows) do
    if window.unit == 'tokens' then tokens_kept = math.min(tokens_kept, window.seconds) end
end
redis.call('ZREMRANGEBYSCORE', requests, '-inf', exact(now - kept))
for _, place in ipairs(redis.call('ZRANGEBYSCORE', tokens, '-inf', exact(now - tokens_kept))) do
    increase('#total', -sum(place))
    redis.call('HDEL', costs, place)
    redis.call('ZREM', tokens, place)
end

local function add(place, cost, is_request)
    if is_request then
        redis.call('ZADD', requests, exact(now), place)
        increase('#requests_ever', 1)
    end
    redis.call('ZADD', tokens, exact(now), place)
    redis.call('HSET', costs, place, cost)
    increase('#total', cost)
    increase('#tokens_ever', cost)
end

-- Settle attempts that have ended.
for number, settlement in ipairs(order.settlements) do
    local place = settlement.place
    if redis.call('HEXISTS', costs, place) == 1 then
        local change = settlement.tokens - sum(place)
        increase(place, change)
        increase('#total', change)
        increase('#tokens_ever', change)
        if settlement.unused then
            increase('#requests_ever', -redis.call('ZREM', requests, place))
            redis.call('ZREM', tokens, place)
            redis.call('HDEL', costs, place)
        end
    end
    local counted = settlement.requests_before + sum('#requests_ever')
    for other = 1, settlement.requests_used - counted do
        add(place .. '-' .. number .. '-' .. other, 0, true)
    end
    local others = settlement.tokens_used - settlement.tokens_before - sum('#tokens_ever')
    if others > 0 then add(place .. '-' .. number, others, false) end
end

-- Compute when this many requests and tokens fit in all windows.
if order.hold > 0 and redis.call('PTTL', hold) < order.hold then
    redis.call('SET', hold, 1, 'PX', order.hold)
end
local wait = math.max(0, redis.call('PTTL', hold)) / 1000
for _, window in ipairs(order.windows) do
    local amount = math.max(1, order[window.unit])
    local periods = math.floor((amount - 1) / window.allowance)
    local rest = (amount - 1) % window.allowance
    local due = now
    if window.unit == 'requests' then
        local index = redis.call('ZCARD', requests) - window.allowance + rest
        if index >= 0 then
            local entry = redis.call('ZRANGE', requests, index, index, 'WITHSCORES')
            due = tonumber(entry[2]) + window.seconds
        end
    elseif order.tokens > 0 then
        local excess = sum('#total') + rest + 1 - window.allowance
        if excess > 0 then
            local entries = redis.call('ZRANGE', tokens, 0, -1, 'WITHSCORES')
            for each = 1, #entries, 2 do
                if excess <= 0 then break end
                excess = excess - sum(entries[each])
                due = tonumber(entries[each + 1]) + window.seconds
            end
        end
    else
        periods = 0
    end
    wait = math.max(wait, due - now + periods * window.seconds)
end

if wait <= 0 and order.place ~= cjson.null then add(order.place, order.cost, true) end
local life = math.ceil(kept * 2000)
for _, key in ipairs({requests, tokens, costs}) do redis.call('PEXPIRE', key, life) end
return cjson.encode({
    wait,
    redis.call('ZCARD', requests) - sum('#requests_ever'),
    sum('#total') - sum('#tokens_ever'),
})
"""
