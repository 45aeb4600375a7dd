package io.evenkeel.proxy.admin;

import java.util.concurrent.Executor;

/**
 * What all admin connections share. Immutable.
 *
 * @param worker makes what takes time, one at a time
 */
record AdminContext(AdminGuard guard, AdminPages pages, EventFeeds feeds, Executor worker, AdminLimits limits) {}
