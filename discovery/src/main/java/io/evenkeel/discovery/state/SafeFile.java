package io.evenkeel.discovery.state;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that is always whole: whoever reads it finds what was written last or what was written before, whenever the process or the
 * machine dies. Readable by its owner only.
 *
 * <p><b>Threading.</b> One writer at a time.
 */
final class SafeFile {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;
    private final Path unfinished;

    SafeFile(Path path) {
        this.path = path.toAbsolutePath();
        this.unfinished = this.path.resolveSibling(path.getFileName() + ".tmp");
    }

    Path path() {
        return path;
    }

    /** Its octets, of which it has at most {@code limit}. */
    byte[] read(int limit) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] octets = in.readNBytes(limit);
            if (in.read() >= 0) {
                throw new IOException("more than " + limit + " bytes");
            }
            return octets;
        }
    }

    /** Puts these octets in its place at once, when they are on the disk. */
    void write(byte[] octets) throws IOException {
        Files.deleteIfExists(unfinished);
        try (FileChannel out = FileChannel.open(unfinished, Set.of(WRITE, CREATE_NEW), OWNER_ONLY)) {
            for (ByteBuffer left = ByteBuffer.wrap(octets); left.hasRemaining(); ) {
                out.write(left);
            }
            out.force(true);
        }
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
    }

    /** Gives it another name, in place of an older one of this name. */
    Path setAside(String suffix) throws IOException {
        Path aside = path.resolveSibling(path.getFileName() + suffix);
        Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
        return aside;
    }

    /** The new name of a file is on the disk only when its folder is. */
    private void syncFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(path.resolveSibling("."), READ)) {
            folder.force(true);
        }
    }
}
