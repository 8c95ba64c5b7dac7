package dev.trestle.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar was built with. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        var version = Main.class.getPackage().getImplementationVersion();
        return new String[] {"trestle " + Objects.requireNonNullElse(version, "(not packaged)")};
    }
}
