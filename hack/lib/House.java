import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/** Figures of a tree of sources: a program of one file, for {@code hack/house}. */
final class House {
    private static final int LONG_METHOD = 40;
    private static final int MANY_PARAMETERS = 10;
    private static final int MANY_COMPONENTS = 12;
    private static final int LARGE_CLASS = 40;
    private static final Pattern WORD = Pattern.compile("\\p{L}+");
    private static final Set<String> RIDDLES = Set.of("what", "who", "whom");

    private final Set<String> tests;
    private final List<Integer> files = new ArrayList<>();
    private int methods;
    private int longMethods;
    private int wideConstructors;
    private int wideRecords;
    private int classes;
    private int staticOnly;
    private int large;
    private int largeWithTest;
    private int words;
    private int riddles;

    private House(Set<String> tests) {
        this.tests = tests;
    }

    /** @param arguments folders of main sources, {@code --}, and folders of tests */
    public static void main(String[] arguments) throws IOException {
        var all = List.of(arguments);
        var split = all.indexOf("--");
        var house = new House(names(all.subList(split + 1, all.size())));
        house.count(sources(all.subList(0, split)));
        house.print();
    }

    private static List<Path> sources(List<String> folders) throws IOException {
        var sources = new ArrayList<Path>();
        for (var folder : folders) {
            try (Stream<Path> found = Files.walk(Path.of(folder))) {
                found.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.endsWith("package-info.java"))
                        .forEach(sources::add);
            }
        }
        return sources;
    }

    private static Set<String> names(List<String> folders) throws IOException {
        var names = new HashSet<String>();
        sources(folders).forEach(file -> names.add(file.getFileName().toString().replace(".java", "")));
        return names;
    }

    private void count(List<Path> sources) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, manager, _ -> {}, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(sources));
            var trees = DocTrees.instance(task);
            for (var unit : task.parse()) {
                files.add((int) unit.getSourceFile().getCharContent(true).toString().lines().count());
                new Counter(unit, trees).scan(unit, null);
            }
        }
    }

    private void print() {
        var sorted = files.stream().sorted().toList();
        System.out.printf("| files / lines | %d / %d |%n", sorted.size(), sorted.stream().mapToInt(n -> n).sum());
        System.out.printf(
                "| lines of a file p50/p90/max | %d/%d/%d |%n",
                sorted.get(sorted.size() / 2), sorted.get(sorted.size() * 9 / 10), sorted.getLast());
        System.out.printf("| methods > %d lines | %d of %d |%n", LONG_METHOD, longMethods, methods);
        System.out.printf(
                "| constructors > %d parameters; records > %d components | %d; %d |%n",
                MANY_PARAMETERS, MANY_COMPONENTS, wideConstructors, wideRecords);
        System.out.printf("| classes with static methods only | %d (%d %%) |%n", staticOnly, 100 * staticOnly / classes);
        System.out.printf(
                "| classes >= %d lines with a test of their name | %d %% |%n", LARGE_CLASS, 100 * largeWithTest / large);
        System.out.printf("| what/who/whom per 10,000 words of Javadoc | %d |%n", 10_000 * riddles / words);
    }

    private final class Counter extends TreePathScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final DocTrees trees;
        private final SourcePositions positions;
        private final LineMap lines;

        Counter(CompilationUnitTree unit, DocTrees trees) {
            this.unit = unit;
            this.trees = trees;
            this.positions = trees.getSourcePositions();
            this.lines = unit.getLineMap();
        }

        @Override
        public Void visitClass(ClassTree type, Void none) {
            document(getCurrentPath());
            if (getCurrentPath().getParentPath().getLeaf() == unit) {
                topLevel(type);
            }
            if (type.getKind() == Tree.Kind.RECORD) {
                wideRecords += components(type) > MANY_COMPONENTS ? 1 : 0;
            }
            return super.visitClass(type, none);
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            document(getCurrentPath());
            methods++;
            longMethods += length(method) > LONG_METHOD ? 1 : 0;
            var isWide = method.getReturnType() == null && method.getParameters().size() > MANY_PARAMETERS;
            wideConstructors += isWide ? 1 : 0;
            return super.visitMethod(method, none);
        }

        private void topLevel(ClassTree type) {
            classes++;
            staticOnly += hasStaticMethodsOnly(type) ? 1 : 0;
            if (length(type) >= LARGE_CLASS && type.getKind() != Tree.Kind.INTERFACE) {
                large++;
                var name = type.getSimpleName().toString();
                largeWithTest += Stream.of("Test", "IT", "E2E").anyMatch(end -> tests.contains(name + end)) ? 1 : 0;
            }
        }

        private static boolean hasStaticMethodsOnly(ClassTree type) {
            var own = type.getMembers().stream()
                    .filter(MethodTree.class::isInstance)
                    .map(MethodTree.class::cast)
                    .filter(method -> method.getReturnType() != null)
                    .toList();
            return type.getKind() == Tree.Kind.CLASS
                    && !own.isEmpty()
                    && own.stream().allMatch(method -> method.getModifiers().getFlags().contains(Modifier.STATIC));
        }

        private static long components(ClassTree type) {
            return type.getMembers().stream()
                    .filter(VariableTree.class::isInstance)
                    .filter(field -> !((VariableTree) field).getModifiers().getFlags().contains(Modifier.STATIC))
                    .count();
        }

        private long length(Tree tree) {
            return lines.getLineNumber(positions.getEndPosition(unit, tree))
                    - lines.getLineNumber(positions.getStartPosition(unit, tree))
                    + 1;
        }

        private void document(TreePath path) {
            DocCommentTree comment = trees.getDocCommentTree(path);
            if (comment != null) {
                WORD.matcher(comment.toString()).results().forEach(word -> {
                    words++;
                    riddles += RIDDLES.contains(word.group().toLowerCase(Locale.ROOT)) ? 1 : 0;
                });
            }
        }
    }
}
