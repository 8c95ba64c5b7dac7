package dev.trestle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An image of macOS, as far as a registry is concerned: what is built elsewhere, and reported. */
final class MacOsImage {
    static final String PLATFORM = "darwin/arm64";

    private MacOsImage() {}

    /** Builds and pushes one that differs from others by its text. */
    static void push(String reference, String text) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "e2e")), "macos");
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY made /made\n");
        Files.writeString(folder.resolve("made"), text);
        var built = Command.run(
                "buildctl",
                "build",
                "--frontend=dockerfile.v0",
                "--local=context=" + folder,
                "--local=dockerfile=" + folder,
                "--opt=platform=" + PLATFORM,
                "--output=type=image,push=true,registry.insecure=true,name=" + reference);
        assertThat(built.exitCode()).as(built.output()).isZero();
    }
}
