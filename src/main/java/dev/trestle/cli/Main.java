package dev.trestle.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: one command for each thing that it does. */
@Command(
        name = "trestle",
        description = "Builds container images inside Kubernetes.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            OperatorCommand.class,
            MergeCommand.class,
            InspectCommand.class,
            ImportCommand.class,
            PlanCommand.class,
            WhyCommand.class,
            RequestCommand.Rebuild.class,
            RequestCommand.Retry.class,
            RequestCommand.Cancel.class,
            ReportCommand.class,
            WaveCommand.class
        })
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Logging.choose(arguments);
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT); // numbers in statuses and files are for programs, too
        System.exit(commandLine().execute(arguments));
    }

    /** The message alone says nothing where it is a path, or missing. */
    private static String wordsOf(Exception e) {
        return e instanceof IOException || e.getMessage() == null ? e.toString() : e.getMessage();
    }

    static CommandLine commandLine() {
        return commandLine(
                new OutputStreamWriter(System.out, stdoutCharset()),
                new OutputStreamWriter(System.err, stdoutCharset()));
    }

    private static Charset stdoutCharset() {
        return System.out.charset();
    }

    /** The commands, which print to these through {@link TerminalWriter} alone; without colours, which it would not let through. */
    static CommandLine commandLine(Writer out, Writer err) {
        return new CommandLine(new Main())
                .setOut(TerminalWriter.to(out))
                .setErr(TerminalWriter.to(err))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, _) -> {
                    command.getErr()
                            .println("%s: %s".formatted(command.getCommandSpec().qualifiedName(), wordsOf(e)));
                    return command.getCommandSpec().exitCodeOnExecutionException();
                });
    }
}
