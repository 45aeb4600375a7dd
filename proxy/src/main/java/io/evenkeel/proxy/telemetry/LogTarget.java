package io.evenkeel.proxy.telemetry;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Where log lines end up: standard output, or the end of a file. */
final class LogTarget {

    private static final Set<OpenOption> APPEND =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.APPEND);

    /** A new file is not for everybody's eyes: targets may carry what people should not have put there. */
    private static final FileAttribute<?> MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

    private final OutputStream out;
    private final boolean isFile;

    private LogTarget(OutputStream out, boolean isFile) {
        this.out = out;
        this.isFile = isFile;
    }

    /**
     * Opens the file, or standard output where none is named.
     *
     * @throws UncheckedIOException with one line that names the file
     */
    static LogTarget open(Optional<String> file) {
        if (file.isEmpty()) {
            return new LogTarget(new FileOutputStream(FileDescriptor.out), false);
        }
        try {
            FileChannel channel = FileChannel.open(Path.of(file.get()), APPEND, MODE);
            return new LogTarget(Channels.newOutputStream(channel), true);
        } catch (IOException e) {
            throw new UncheckedIOException("access log: cannot open " + file.get() + ": " + e, e);
        }
    }

    void write(byte[] source, int offset, int length) throws IOException {
        out.write(source, offset, length);
    }

    /** Closes a file; standard output stays open, it is not ours. */
    void close() throws IOException {
        if (isFile) {
            out.close();
        }
    }
}
