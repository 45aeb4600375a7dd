package io.evenkeel.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A source tree with the real launcher and made-up Javas and Maven, each a script that says how it was called. PATH holds
 * nothing but the tools that the launcher may use, so what it finds is what the test put there.
 */
final class House {

    private static final List<String> TOOLS =
            List.of("sh", "date", "dirname", "find", "flock", "head", "mkdir", "mv", "readlink", "rm", "sed", "touch");

    private static final Path LAUNCHER =
            Path.of(System.getProperty("basedir", ".")).resolve("../evenkeel");

    private final Path root;
    private final Path path;
    private final Path jvms;

    private House(Path root, Path path, Path jvms) {
        this.root = root;
        this.path = path;
        this.jvms = jvms;
    }

    /** What a run of the launcher left behind. */
    record Outcome(int code, String out, String err, long pid) {}

    /** A house without any Java or Maven. */
    static House build(Path folder) throws IOException {
        House house = new House(folder.resolve("a house"), folder.resolve("bin"), folder.resolve("jvm"));
        Files.createDirectories(house.root.resolve("cli/src/main"));
        Files.createDirectories(house.path);
        Files.createDirectories(house.jvms);
        Files.copy(LAUNCHER, house.launcher());
        house.launcher().toFile().setExecutable(true);
        Files.createFile(house.root.resolve("pom.xml"));
        Files.createFile(house.root.resolve("cli/pom.xml"));
        Files.createFile(house.source());
        for (String tool : TOOLS) {
            link(house.path, tool);
        }
        return house;
    }

    /** Adds a Maven to PATH that builds the jar, and says with which JDK and arguments. */
    House withMaven() throws IOException {
        script(path.resolve("mvn"), maven("mvn"));
        return this;
    }

    /** Adds the wrapper, which says that it is the wrapper. */
    House withWrapper() throws IOException {
        script(root.resolve("mvnw"), maven("mvnw"));
        return this;
    }

    /** Adds a Maven whose builds fail. */
    House withBrokenMaven() throws IOException {
        script(path.resolve("mvn"), "echo 'no such symbol'; exit 7");
        return this;
    }

    /** Adds a JDK to the folder of JDKs; its java prints its version, process id and arguments, and makes archives. */
    House withJdk(String version) throws IOException {
        Path home = jvms.resolve("jdk-" + version);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/javac"), "exit 0");
        script(
                home.resolve("bin/java"),
                "for a in \"$@\"; do case $a in -XX:ArchiveClassesAtExit=*) echo x >\"${a#*=}\";; esac; done",
                "echo \"java " + version + "\"",
                "echo \"pid $$\"",
                "for a in \"$@\"; do echo \"arg $a\"; done");
        return this;
    }

    Path jdk(String version) {
        return jvms.resolve("jdk-" + version);
    }

    Path launcher() {
        return root.resolve("evenkeel");
    }

    Path sources() {
        return root.resolve("cli/src/main");
    }

    Path source() {
        return sources().resolve("Source.java");
    }

    /** One line per build so far. */
    List<String> builds() throws IOException {
        Path log = root.resolve("builds");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    /** Makes a file or folder newer than anything built so far. */
    static void renew(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
    }

    Outcome run(String... arguments) throws Exception {
        return await(start(Map.of(), launcher(), root, arguments));
    }

    Outcome run(Map<String, String> environment, String... arguments) throws Exception {
        return await(start(environment, launcher(), root, arguments));
    }

    /** Starts a launcher, perhaps by another name and from another folder. */
    Process start(Map<String, String> environment, Path launcher, Path from, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(from.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", path.toString());
        builder.environment().put("EVENKEEL_JVM_DIR", jvms.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    static Outcome await(Process process) throws Exception {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the launcher does not end");
        }
        return new Outcome(process.exitValue(), out, err, process.pid());
    }

    private static String maven(String name) {
        return String.join(
                "\n",
                "echo \"" + name + " $JAVA_HOME $*\" >>builds",
                "mkdir -p cli/target && echo jar >cli/target/evenkeel.jar");
    }

    private static void script(Path file, String... lines) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Puts a tool of this machine into a folder that is to be a PATH. */
    static void link(Path path, String tool) throws IOException {
        Path inUsr = Path.of("/usr/bin", tool);
        script(path.resolve(tool), "exec " + (Files.exists(inUsr) ? inUsr : Path.of("/bin", tool)) + " \"$@\"");
    }
}
