package dev.trestle.core.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GlobChoiceTest {
    private static final String ID = "a1".repeat(20);
    private static final SourceTree TREE = tree();

    private static SourceTree tree() {
        var files = new TreeMap<String, String>();
        for (var folder = 0; folder < 20; folder++) {
            for (var file = 0; file < 20; file++) {
                files.put("folder%02d/file%02d".formatted(folder, file), ID);
            }
        }
        files.put("third/sub", "160000:" + ID);
        return SourceTree.of(files);
    }

    @Test
    void aFolderThatCannotBeMeantIsNotEntered() {
        var choice = new GlobChoice(Glob.of("folder07/*9"), List.of());

        assertThat(selected(choice)).containsExactly("folder07/file09", "folder07/file19");
        assertThat(choice.work()).as("20 names of folders and 20 of files").isLessThan(1000);
    }

    @Test
    void whatOthersTakeOutIsLeftOut() {
        var choice = new GlobChoice(Glob.of("folder07"), List.of(Glob.of("**/file0*"), Glob.of("**/*9")));

        assertThat(selected(choice)).hasSize(9).contains("folder07/file10").doesNotContain("folder07/file19");
    }

    @Test
    void aSubmoduleIsMeantWhenSomethingInItMayBe() {
        assertThat(selected(new GlobChoice(Glob.of("third/sub/src/*.c"), List.of())))
                .containsExactly("third/sub");
    }

    @Test
    void beyondItsWorkEveryFileThatIsLeftIsChosen() {
        var needed = new GlobChoice(Glob.of("**/*7"), List.of());
        assertThat(selected(needed)).as("40 files, and the submodule").hasSize(41);

        assertThat(selected(new GlobChoice(Glob.of("**/*7"), List.of(), needed.work())))
                .hasSize(41);
        var cut = selected(new GlobChoice(Glob.of("**/*7"), List.of(), needed.work() / 2));
        assertThat(cut).hasSizeGreaterThan(200).containsAll(selected(new GlobChoice(Glob.of("**/*7"), List.of())));
        assertThat(selected(new GlobChoice(Glob.of("**/*7"), List.of(), needed.work() / 2)))
                .as("the same each time")
                .isEqualTo(cut);
    }

    private static List<String> selected(GlobChoice choice) {
        return TREE.chosen(choice).map(Map.Entry::getKey).toList();
    }
}
