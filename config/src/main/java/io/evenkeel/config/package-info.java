/** Configuration: YAML to immutable records, with every error located; knows nothing of sockets. */
@NullMarked
package io.evenkeel.config;

import org.jspecify.annotations.NullMarked;
