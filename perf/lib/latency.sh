latency() { :; }
