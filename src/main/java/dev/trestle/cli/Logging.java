package dev.trestle.cli;

/** JSON for the operator, whose log a machine collects; lines for the commands, which people run. */
final class Logging {
    private static final String PROPERTY = "logback.configurationFile";

    private Logging() {}

    /** Must run before the first logger is made. A file that is given by property stays. */
    static void choose(String[] arguments) {
        if (System.getProperty(PROPERTY) == null) {
            var operator = arguments.length > 0 && arguments[0].equals("operator");
            System.setProperty(PROPERTY, operator ? "logback-json.xml" : "logback-lines.xml");
        }
    }
}
