-- Makes wrk print one line a script can read:
-- result, requests, bytes, duration in µs, errors of every kind, p50 and p99 in µs.
function done(summary, latency)
  local e = summary.errors
  io.write(string.format("result %d %d %d %d %d %d\n", summary.requests, summary.bytes, summary.duration,
    e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50), latency:percentile(99)))
end
