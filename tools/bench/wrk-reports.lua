-- For wrk: sends prepared requests one after another, each once, and prints what came of them as JSON.
local requests, at = {}, 0
function init(args)
  local file = io.open(args[1], "rb")
  local from, upto = tonumber(args[2]), tonumber(args[3])
  local no = 0
  -- Each line: token, tab, body.
  for line in file:lines() do
    no = no + 1
    if no > from and no <= upto then
      local token, body = line:match("^([^\t]+)\t(.*)$")
      requests[#requests + 1] = "POST /api/health/reports HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nauthorization: Bearer " .. token .. "\r\ncontent-length: " .. #body .. "\r\n\r\n" .. body
    end
  end
  file:close()
end
function request()
  at = at + 1
  if at > #requests then
    wrk.thread:stop()
    return requests[#requests]
  end
  return requests[at]
end
function done(summary, latency)
  io.write(string.format('figures {"requests":%d,"microseconds":%d,"p50":%.3f,"p99":%.3f,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration, latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
