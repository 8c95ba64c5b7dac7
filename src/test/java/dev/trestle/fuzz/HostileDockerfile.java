package dev.trestle.fuzz;

import java.util.List;

/** Dockerfiles that are generated to cost as much as they can: each shape by itself has once stopped or blocked a reader of them. */
enum HostileDockerfile {
    /** Values that double in every line. */
    Doubling {
        @Override
        String text(Chance chance) {
            var text = new StringBuilder("FROM scratch\nARG a0=xxxxxxxxxxxxxxxx\n");
            var lines = 10 + chance.below(40);
            for (var i = 1; i <= lines; i++) {
                text.append("ARG a%d=$a%d$a%d\n".formatted(i, i - 1, i - 1));
            }
            return text.append("COPY $a%d /x\n".formatted(lines)).toString();
        }
    },
    /** Defaults within defaults. */
    Nesting {
        @Override
        String text(Chance chance) {
            var depth = 100 + chance.below(20_000);
            return "FROM scratch\nCOPY " + "${a:-".repeat(depth) + "x" + "}".repeat(depth) + " /x\n";
        }
    },
    /** Patterns that a matcher which tries all ways never ends on. */
    Globs {
        @Override
        String text(Chance chance) {
            var stars = chance.pick(List.of("*?", "**/", "[a-z]*", "*a*", "?*/**/"));
            return "FROM scratch\nCOPY " + stars.repeat(5 + chance.below(60)) + "X /x\nCOPY " + stars.repeat(30)
                    + " /y\n";
        }
    },
    /** Tens of thousands of instructions. */
    Long {
        @Override
        String text(Chance chance) {
            return "FROM scratch AS s\n" + "COPY --from=s a b\nARG x=1\n".repeat(1 + chance.below(20_000));
        }
    },
    /** A chain of stages, and instructions for later. */
    Stages {
        @Override
        String text(Chance chance) {
            var text = new StringBuilder("FROM scratch AS s0\nONBUILD COPY * /\n");
            var stages = 1 + chance.below(3_000);
            for (var i = 1; i <= stages; i++) {
                text.append("FROM s%d AS s%d\nCOPY --from=s%d / /\n".formatted(i - 1, i, i - 1));
            }
            return text.toString();
        }
    },
    /** Forms that are nearly right. */
    Broken {
        @Override
        String text(Chance chance) {
            return chance.pick(List.of(
                    "FROM scratch\nCOPY [null, \"/x\"]\n",
                    "FROM scratch\nCOPY [\"a\", {\"b\": [[[[[\n",
                    "FROM scratch\nRUN <<A <<B <<C\n",
                    "# escape=`\n# syntax=\u0000\nFROM\n",
                    "FROM " + "a/".repeat(5_000) + "\n",
                    "FROM scratch\nRUN --mount=type=bind,source=" + "../".repeat(9_000) + " x\n"));
        }
    };

    abstract String text(Chance chance);
}
