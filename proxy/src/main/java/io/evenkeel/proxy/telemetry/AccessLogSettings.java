package io.evenkeel.proxy.telemetry;

import io.evenkeel.config.AccessLogConfig.Format;

/**
 * What the access log looks like, how much each event loop may have waiting, and where it goes. Immutable; no two changes that open a
 * file are equal.
 */
record AccessLogSettings(Format format, int bufferBytes, LogTarget target) {}
