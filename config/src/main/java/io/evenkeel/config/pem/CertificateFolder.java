package io.evenkeel.config.pem;

import io.evenkeel.config.CertificateConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds certificates in a folder: {@code NAME.crt} with {@code NAME.key}, or both in {@code NAME.pem}. Stateless. */
public final class CertificateFolder {

    private CertificateFolder() {}

    /** Those in the folder, in the order of their names; what else lies there is left alone. */
    public static List<CertificateConfig> list(Path folder) throws PemException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        } catch (IOException e) {
            throw new PemException(PemFiles.quoted(folder) + " cannot be listed", "a readable folder");
        }
        List<CertificateConfig> found = new ArrayList<>();
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            if (name.endsWith(".pem")) {
                found.add(new CertificateConfig(file.toString(), file.toString()));
            } else if (name.endsWith(".crt")) {
                String key = name.substring(0, name.length() - ".crt".length()) + ".key";
                found.add(new CertificateConfig(
                        file.toString(), file.resolveSibling(key).toString()));
            }
        }
        return found;
    }
}
