package io.evenkeel.proxy.telemetry;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where log lines end up: standard output, or the end of a file. */
final class LogTarget {

    /** Takes nothing; what a log that is off is aimed at. */
    static final LogTarget NOWHERE = new LogTarget(OutputStream.nullOutputStream(), false);

    private static final LogTarget STANDARD_OUTPUT = new LogTarget(new FileOutputStream(FileDescriptor.out), false);
    private static final Logger LOG = LoggerFactory.getLogger(LogTarget.class);

    private static final Set<OpenOption> APPEND =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.APPEND);

    /** A new file is not for everybody's eyes: targets may carry what people should not have put there. */
    private static final FileAttribute<?> MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

    private final OutputStream out;
    private final boolean isOurs;

    private LogTarget(OutputStream out, boolean isOurs) {
        this.out = out;
        this.isOurs = isOurs;
    }

    /**
     * Opens the file, or standard output where none is named.
     *
     * @throws UncheckedIOException with one line that names the file
     */
    static LogTarget open(Optional<String> file) {
        if (file.isEmpty()) {
            return STANDARD_OUTPUT;
        }
        try {
            FileChannel channel = FileChannel.open(Path.of(file.get()), APPEND, MODE);
            return new LogTarget(Channels.newOutputStream(channel), true);
        } catch (IOException e) {
            throw new UncheckedIOException("access log: cannot open " + file.get() + ": " + e, e);
        } catch (InvalidPathException e) {
            throw new UncheckedIOException("access log: cannot open it: " + e.getMessage(), new IOException(e));
        }
    }

    void write(byte[] source, int offset, int length) throws IOException {
        out.write(source, offset, length);
    }

    /** Closes a file; standard output is not ours to close. Idempotent. */
    void close() {
        if (!isOurs) {
            return;
        }
        try {
            out.close();
        } catch (IOException e) {
            LOG.warn("access log: {}", e.toString());
        }
    }
}
