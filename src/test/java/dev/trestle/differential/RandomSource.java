package dev.trestle.differential;

import java.util.List;
import java.util.Random;

/** What a COPY names: mostly what is there, by name, glob or variable. */
final class RandomSource {
    private static final List<String> TOP = List.of("main.txt", "conf.yaml", "a.txt", "b.txt", "c.md", "app-amd64");

    private final Random random;
    private final boolean module;

    RandomSource(Random random, boolean module) {
        this.random = random;
        this.module = module;
    }

    String folder() {
        return any(RandomTree.FOLDERS);
    }

    /** A value that takes over another variable's. */
    String valueWith(String variable) {
        return switch (random.nextInt(5)) {
            case 0 -> "${%s:-%s}".formatted(variable, folder());
            case 1 -> "${%s:+%s}".formatted(variable, folder());
            case 2 -> "${%s-%s}".formatted(variable, folder());
            case 3 -> "\"$%s\"".formatted(variable);
            default -> "$" + variable;
        };
    }

    /** A path without variables and wildcards. */
    String plain() {
        return switch (random.nextInt(7)) {
            case 0 -> any(TOP);
            case 1 -> folder();
            case 2 -> "./%s//%s".formatted(folder(), any(RandomTree.NAMES));
            case 3 -> "/%s/../%s".formatted(folder(), any(TOP));
            case 4 -> "lnk/" + any(RandomTree.NAMES);
            case 5 -> any(List.of("ab.lnk", "conf/db.yaml", "conf", "common", "lnk"));
            default -> folder() + "/" + any(RandomTree.NAMES);
        };
    }

    /** What {@code --parents} takes: the path behind a pivot is kept. */
    String pivot() {
        return switch (random.nextInt(4)) {
            case 0 -> "./%s/./deep/*.txt".formatted(folder());
            case 1 -> "./**/x.txt";
            case 2 -> "lnk/./**/*.txt";
            default -> word();
        };
    }

    String jsonPath() {
        return random.nextInt(3) == 0
                ? any(List.of("my d*ta/a.txt", "ünï/c*", "od*[[]1].txt", "a+b.(c)*", "my data*"))
                : word();
    }

    /** One word of a shell form. */
    String word() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> glob();
            case 2, 3, 4 -> variable();
            case 5 -> random.nextInt(3) == 0 ? "." : glob();
            case 6 -> odd();
            case 7 -> module ? any(List.of("third/lib/l.txt", "third/lib", "third/*/l.txt", "third", "th*")) : glob();
            default -> plain();
        };
    }

    private String glob() {
        return switch (random.nextInt(14)) {
            case 0 -> "*.txt";
            case 1 -> folder() + "/*";
            case 2 -> "*/main.txt";
            case 3 -> "w*/*/x.txt";
            case 4 -> "[a-c].*";
            case 5 -> "conf/[!x]*.yaml";
            case 6 -> "conf/[^a]*.yaml";
            case 7 -> "w[^x]b/main.txt";
            case 8 -> "web[^x]main.txt";
            case 9 -> "web[.-0]main.txt";
            case 10 -> "**/x.txt";
            case 11 -> "l*";
            case 12 -> "*";
            default -> "conf/*.yaml";
        };
    }

    private String odd() {
        return any(List.of(
                ".hidd*",
                "line?break.txt",
                "latin?.txt",
                "latin*",
                "emoji?.txt",
                "od\\[1].t*",
                "st\\*r.tx?",
                "qu\\?.t*",
                "dol\\$l*",
                "'dol$l'*",
                "\"ünï\"",
                "CON*",
                "back*",
                "my*",
                "-dash*",
                ".git*",
                "nothing*"));
    }

    private String variable() {
        var name = any(List.of("A", "B", "C", "E"));
        return switch (random.nextInt(12)) {
            case 0 -> "$%s/main.txt".formatted(name);
            case 1 -> "${%s}/conf.yaml".formatted(name);
            case 2 -> "${%s:-%s}/main.txt".formatted(name, folder());
            case 3 -> "${%s:+%s}/main.txt".formatted(name, folder());
            case 4 -> "${%s-web}*/main.txt".formatted(name);
            case 5 -> "app-$TARGETARCH*";
            case 6 -> "${%s%%b}*/main.txt".formatted(name);
            case 7 -> "${%s#w}*".formatted(name);
            case 8 -> "${%s/web/src}/main.txt".formatted(name);
            case 9 -> "$%s/*.txt".formatted(name);
            case 10 -> "'$%s'*".formatted(name);
            default -> "./$%s/${%s}*".formatted(name, any(List.of("A", "B", "C")));
        };
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
