/** HTTP/2 connections of clients: each stream is an exchange. */
@NullMarked
package io.evenkeel.proxy.streams;

import org.jspecify.annotations.NullMarked;
