/** HTTP/2 connections to endpoints: one pool per endpoint and event loop, many exchanges on each connection. */
@NullMarked
package io.evenkeel.proxy.multiplex;

import org.jspecify.annotations.NullMarked;
