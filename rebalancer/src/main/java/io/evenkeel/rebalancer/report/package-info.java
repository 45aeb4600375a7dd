/** What people are told: metrics, the audit log, the admin endpoints. */
@NullMarked
package io.evenkeel.rebalancer.report;

import org.jspecify.annotations.NullMarked;
