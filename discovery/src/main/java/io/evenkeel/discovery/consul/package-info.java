/** Endpoints registered in Consul: agents that are asked, watches over blocking queries, and what is made of the answers. */
@NullMarked
package io.evenkeel.discovery.consul;

import org.jspecify.annotations.NullMarked;
