package dev.trestle.differential;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.util.FileUtils;

/** A buildkitd of its own, with a git server and a registry on this machine; all end with the test. */
final class BuildKit implements AutoCloseable {
    private static final long LONGEST_BUILD_SECONDS = 120;

    /** FROM this, a stage has a shell, and variables that no Dockerfile shows: {@code A=worker} and {@code E=web}. */
    private static final String BASE = "FROM scratch\nCOPY sh /bin/sh\nENV A=worker E=web\nCMD [\"/bin/sh\"]\n";

    private final Path folder;
    private final int gitPort;
    private final int registryPort;
    private final List<Process> processes = new ArrayList<>();

    private BuildKit(Path folder) throws IOException {
        this.folder = folder;
        this.gitPort = Waiting.freePort();
        this.registryPort = Waiting.freePort();
    }

    static BuildKit start(Path folder) throws IOException, InterruptedException {
        var buildKit = new BuildKit(folder);
        try {
            buildKit.startAll();
            return buildKit;
        } catch (IOException | InterruptedException | RuntimeException e) {
            buildKit.close();
            throw e;
        }
    }

    Repositories repositories() {
        return new Repositories(folder.resolve("git"));
    }

    String base() {
        return "127.0.0.1:%d/base:1".formatted(registryPort);
    }

    /** As {@code core.render.BuildctlArguments} has it for a leg, but for where the image goes. */
    Exported build(String repository, String commit, Sample sample) throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of("buildctl", "--addr", socket(), "build", "--frontend", "dockerfile.v0"));
        var url = "git://127.0.0.1:%d/%s.git".formatted(gitPort, repository);
        option(line, "context=%s?ref=%s&checksum=%s".formatted(url, commit, commit));
        if (!sample.context().equals(".")) {
            option(line, "contextsubdir=" + sample.context());
        }
        option(line, "filename=" + sample.dockerfile());
        option(line, "platform=linux/amd64");
        sample.buildArgs().forEach(arg -> option(line, "build-arg:%s=%s".formatted(arg.name(), arg.value())));
        sample.operatorArg()
                .map(Sample.OperatorArg::given)
                .ifPresent(arg -> option(line, "build-arg:%s=%s".formatted(arg.name(), arg.value())));
        sample.target().ifPresent(stage -> option(line, "target=" + stage));
        line.addAll(List.of("--output", "type=tar,dest=-"));
        var errors = Files.createTempFile(folder, "build", ".log");
        try {
            var process =
                    new ProcessBuilder(line).redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            try (var out = process.getInputStream()) {
                var image = read(out);
                return end(process) == 0 ? image : failed(Files.readString(errors));
            }
        } finally {
            Files.delete(errors);
        }
    }

    /** A Dockerfile that cannot be built is a result as any other; trouble of this machine is none. */
    private static Exported failed(String log) {
        if (log.contains("connection refused")
                || log.contains("no space left")
                || log.contains("rpc error: code = Unavailable")) {
            throw new IllegalStateException("BuildKit is in trouble: " + log);
        }
        return Exported.FAILED;
    }

    private static Exported read(InputStream tar) {
        try {
            return Exported.of(tar);
        } catch (IOException e) { // of a build that fails, what it has written ends anywhere
            return Exported.FAILED;
        }
    }

    private static void option(List<String> line, String option) {
        line.addAll(List.of("--opt", option));
    }

    private String socket() {
        return "unix://" + folder.resolve("buildkitd.sock");
    }

    private void startAll() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("git"));
        Files.writeString(folder.resolve("registry.yml"), """
                version: 0.1
                storage: {filesystem: {rootdirectory: "%s"}}
                http: {addr: "127.0.0.1:%d"}
                """.formatted(folder.resolve("registry"), registryPort));
        Files.writeString(
                folder.resolve("buildkitd.toml"), """
                root = "%s"
                [worker.oci]
                  snapshotter = "overlayfs"
                  networkMode = "host"
                  gc = false
                  binary = "%s"
                [registry."127.0.0.1:%d"]
                  http = true
                """.formatted(folder.resolve("root"), program("runc"), registryPort));
        start(
                "git",
                "daemon",
                "--export-all",
                "--base-path=" + folder.resolve("git"),
                "--listen=127.0.0.1",
                "--port=" + gitPort);
        start("registry", "serve", folder.resolve("registry.yml").toString());
        start("buildkitd", "--config", folder.resolve("buildkitd.toml").toString(), "--addr", socket());
        Waiting.forPort(gitPort);
        Waiting.forPort(registryPort);
        Waiting.until("buildkitd", () -> run(List.of("buildctl", "--addr", socket(), "debug", "workers")));
        pushBase();
    }

    private void pushBase() throws IOException, InterruptedException {
        var context = Files.createDirectories(folder.resolve("base"));
        Files.writeString(context.resolve("Dockerfile"), BASE);
        try (var source = BuildKit.class.getResourceAsStream("/differential/sh.go")) {
            Files.copy(java.util.Objects.requireNonNull(source), context.resolve("sh.go"));
        }
        var go = new ProcessBuilder("go", "build", "-trimpath", "-ldflags=-s -w", "-o", "sh", "sh.go");
        go.environment().put("CGO_ENABLED", "0");
        succeed(go.directory(context.toFile()));
        succeed(new ProcessBuilder(
                "buildctl",
                "--addr",
                socket(),
                "build",
                "--frontend",
                "dockerfile.v0",
                "--local",
                "context=" + context,
                "--local",
                "dockerfile=" + context,
                "--output",
                "type=image,name=%s,push=true".formatted(base())));
    }

    private void succeed(ProcessBuilder command) throws IOException, InterruptedException {
        var log = folder.resolve("command.log");
        if (end(command.redirectErrorStream(true).redirectOutput(log.toFile()).start()) != 0) {
            throw new IllegalStateException("'%s' failed: %s".formatted(command.command(), Files.readString(log)));
        }
    }

    private void start(String... line) throws IOException {
        var log = folder.resolve(line[0] + ".log").toFile();
        processes.add(new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start());
    }

    private static boolean run(List<String> line) throws IOException, InterruptedException {
        return end(new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start())
                == 0;
    }

    private static int end(Process process) throws InterruptedException {
        if (!process.waitFor(LONGEST_BUILD_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("'%s' did not end".formatted(process.info()));
        }
        return process.exitValue();
    }

    private static Path program(String name) {
        for (var folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, name))) {
                return Path.of(folder, name);
            }
        }
        throw new IllegalStateException("'%s' is not on the PATH: eval \"$(hack/env)\"".formatted(name));
    }

    @Override
    public void close() throws IOException {
        for (var process : processes.reversed()) {
            var children = process.descendants().toList();
            end(process, children);
        }
        FileUtils.delete(
                folder.resolve("root").toFile(),
                FileUtils.RECURSIVE | FileUtils.SKIP_MISSING | FileUtils.IGNORE_ERRORS);
    }

    /** What it has started must not outlive it. */
    private static void end(Process process, List<ProcessHandle> children) {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
