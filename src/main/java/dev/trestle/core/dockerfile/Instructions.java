package dev.trestle.core.dockerfile;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/** A Dockerfile's instructions in their order: continued lines are joined, comments and heredocs' texts are left out. */
final class Instructions {
    private final Iterator<String> lines;
    private final Pattern continued;
    private final Words words;
    private final List<Instruction> found = new ArrayList<>();

    private Instructions(String text, char escape) {
        this.lines = text.lines().iterator();
        var mark = Pattern.quote(String.valueOf(escape));
        this.continued = Pattern.compile("(?s)(.*(?<!%s))%s[ \t]*".formatted(mark, mark));
        this.words = new Words(escape);
    }

    /** What {@code ONBUILD} announces counts as done: a later stage may be made on this one. */
    static List<Instruction> of(String text, char escape) {
        var instructions = new Instructions(text, escape);
        while (instructions.lines.hasNext()) {
            instructions.next();
        }
        return List.copyOf(instructions.found);
    }

    private void next() {
        var line = joined(lines.next());
        if (line.isBlank() || isComment(line)) {
            return;
        }
        var instruction = Instruction.of(line);
        found.add(instruction);
        if (instruction.takesHeredocs()) {
            words.split(instruction.arguments())
                    .forEach(word -> Heredoc.in(word).ifPresent(this::skip));
        }
    }

    /** Comments and empty lines may stand between the parts of one instruction. */
    private String joined(String first) {
        var whole = new StringBuilder();
        var line = first;
        var continues = !isComment(line);
        while (true) {
            var part = continued.matcher(line);
            if (isComment(line) || line.isBlank()) {
                if (whole.isEmpty()) {
                    return line;
                }
            } else if (part.matches()) {
                whole.append(part.group(1));
            } else {
                continues = false;
                whole.append(line);
            }
            if (!continues || !lines.hasNext()) {
                return whole.toString();
            }
            line = lines.next();
        }
    }

    private void skip(Heredoc heredoc) {
        while (lines.hasNext() && !heredoc.endsAt(lines.next())) {
            // its text is no instruction
        }
    }

    private static boolean isComment(String line) {
        return line.stripLeading().startsWith("#");
    }
}
