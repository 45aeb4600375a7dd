package io.evenkeel.discovery.consul;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** A node as {@code /v1/catalog/nodes} lists it; only that there is one matters. Immutable. */
record CatalogNode(@JsonProperty("Node") @Nullable String name) {}
