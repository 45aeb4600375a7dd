package io.evenkeel.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The versions that a bug report needs: ours, Java's and Netty's. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"evenkeel " + own() + " (Java " + Runtime.version() + ", Netty " + netty() + ")"};
    }

    private static String own() {
        return Objects.requireNonNullElse(Evenkeel.class.getPackage().getImplementationVersion(), "from classes");
    }

    private static String netty() {
        io.netty.util.Version common = io.netty.util.Version.identify().get("netty-common");
        return common == null ? "unknown" : common.artifactVersion();
    }
}
