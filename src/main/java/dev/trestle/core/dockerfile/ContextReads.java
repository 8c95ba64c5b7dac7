package dev.trestle.core.dockerfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a Dockerfile reads of its build context: by {@code COPY}, by {@code ADD} and by bind mounts of {@code RUN}. Every stage counts,
 * whether or not the build needs it; what {@code --exclude} leaves out counts too.
 */
final class ContextReads {
    private final Map<String, String> given;
    private final char escape;
    private final Words words;
    private final Stage global = new Stage();
    private final Map<String, Stage> stages = new HashMap<>();
    private final List<ContextPath> paths = new ArrayList<>();
    private Stage stage = global;

    private ContextReads(Map<String, String> given, char escape) {
        this.given = given;
        this.escape = escape;
        this.words = new Words(escape);
    }

    static List<ContextPath> of(List<Instruction> instructions, char escape, Map<String, String> given) {
        var reads = new ContextReads(given, escape);
        instructions.forEach(reads::read);
        return reads.paths;
    }

    private void read(Instruction instruction) {
        switch (instruction.keyword()) {
            case "FROM" -> from(instruction.operands());
            case "ARG" -> words.split(instruction.arguments()).forEach(this::argument);
            case "ENV" -> environment(instruction.arguments());
            case "COPY", "ADD" -> copied(instruction);
            case "RUN" ->
                instruction.flags().stream()
                        .flatMap(flag -> BindMount.in(flag).stream())
                        .forEach(this::add);
            default -> {} // reads nothing of the context
        }
    }

    private void from(List<String> operands) {
        var image = operands.isEmpty() ? Value.UNKNOWN : expanded(global, operands.getFirst());
        stage = Optional.ofNullable(stages.get(key(image.known())))
                .map(Stage::on)
                .orElseGet(Stage::new);
        if (operands.size() == 3) {
            stages.put(key(operands.get(2)), stage);
        }
    }

    private static String key(String stage) {
        return stage.toLowerCase(Locale.ROOT);
    }

    private void argument(String word) {
        var equals = word.indexOf('=');
        var name = equals < 0 ? word : word.substring(0, equals);
        Optional<Value> own = equals < 0 ? Optional.empty() : Optional.of(expanded(stage, word.substring(equals + 1)));
        var value = Optional.ofNullable(given.get(name))
                .map(Value::of)
                .or(() -> own)
                .or(() -> global.argument(name));
        stage.argument(
                name, Stage.isGivenByBuildKit(name) && !given.containsKey(name) ? Optional.of(Value.UNKNOWN) : value);
    }

    /** {@code ENV NAME the value} is an old form of {@code ENV NAME="the value"}. */
    private void environment(String arguments) {
        var pairs = words.split(arguments);
        if (pairs.isEmpty()) {
            return;
        }
        if (!pairs.getFirst().contains("=")) {
            var name = pairs.getFirst();
            stage.environment(
                    name, expanded(stage, arguments.substring(name.length()).strip()));
            return;
        }
        var before = Stage.on(stage);
        for (var pair : pairs) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                stage.environment(pair.substring(0, equals), expanded(before, pair.substring(equals + 1)));
            }
        }
    }

    private void copied(Instruction copy) {
        if (copy.flags().stream().anyMatch(flag -> flag.startsWith("--from=") && !flag.equals("--from="))) {
            return;
        }
        var operands = JsonForm.of(copy.afterFlags()).orElseGet(copy::operands);
        operands.stream().limit(Math.max(0, operands.size() - 1)).forEach(this::add);
    }

    private void add(String source) {
        Stream.of(source)
                .filter(word -> Heredoc.in(word).isEmpty())
                .map(word -> expanded(stage, word))
                .filter(value -> !ContextPath.isRemote(value))
                .map(ContextPath::of)
                .forEach(paths::add);
    }

    private Value expanded(Stage scope, String word) {
        return Expansion.of(word, escape, scope::valueOf);
    }
}
