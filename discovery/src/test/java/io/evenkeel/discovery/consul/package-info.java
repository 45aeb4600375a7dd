/** Tests of endpoints found in Consul, against a real one and one that lies. */
@NullMarked
package io.evenkeel.discovery.consul;

import org.jspecify.annotations.NullMarked;
