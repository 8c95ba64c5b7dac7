package dev.trestle.core.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BackendBuildSpecBuilder;
import dev.trestle.api.BaseRef;
import dev.trestle.api.BaseUse;
import dev.trestle.api.BaseUse.Unavailable;
import dev.trestle.api.BaseUseBuilder;
import dev.trestle.api.BuildArg;
import dev.trestle.api.FromSource;
import dev.trestle.api.Refresh;
import dev.trestle.api.Refresh.Period;
import dev.trestle.api.RefreshBuilder;
import dev.trestle.core.SpecBuilder;
import dev.trestle.core.dockerfile.ArgumentValues;
import dev.trestle.core.dockerfile.ArgumentValues.Others;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which values of arguments a Dockerfile is read with: every one that a leg may get. */
class FileRecipeTest {
    private static final BaseRef BASE = new BaseRef("python");

    @Test
    void whatTheBuildSets() {
        assertThat(arguments(null, null, new BuildArg("A", "1"))).containsExactly(ArgumentValues.of("A", "1"));
    }

    @Test
    void theBaseIsSomeImage() {
        assertThat(arguments(BaseUse.of(BASE, "BASE"), null))
                .containsExactly(new ArgumentValues("BASE", List.of(), Others.Images, false));
    }

    @Test
    void theBaseOrWhatDoesWithoutIt() {
        var use = BaseUseBuilder.builder()
                .ref(BASE)
                .arg("BASE")
                .unavailable(Unavailable.FromSource)
                .fromSource(new FromSource("TARGET", "source"))
                .build();
        assertThat(arguments(use, null))
                .containsExactly(
                        new ArgumentValues("BASE", List.of(), Others.Images, true),
                        new ArgumentValues("TARGET", List.of("source"), Others.None, true));
        assertThat(arguments(use, null, new BuildArg("TARGET", "prebuilt")))
                .contains(new ArgumentValues("TARGET", List.of("prebuilt", "source"), Others.None, false));
    }

    @Test
    void theBaseAndWhatDoesWithoutItInOneArgument() {
        var use = BaseUseBuilder.builder()
                .ref(BASE)
                .arg("BASE")
                .unavailable(Unavailable.FromSource)
                .fromSource(new FromSource("BASE", "ubuntu"))
                .build();
        assertThat(arguments(use, null))
                .containsExactly(new ArgumentValues("BASE", List.of("ubuntu"), Others.Images, true));
    }

    @Test
    void thePeriodOfARefreshIsNotKnown() {
        assertThat(arguments(
                        null,
                        RefreshBuilder.builder()
                                .period(Period.Weekly)
                                .arg("WEEK")
                                .build()))
                .containsExactly(new ArgumentValues("WEEK", List.of(), Others.Any, true));
    }

    private static List<ArgumentValues> arguments(
            @Nullable BaseUse base, @Nullable Refresh refresh, BuildArg... arguments) {
        return FileRecipe.of(spec(base, refresh, List.of(arguments)))
                .request("FROM x")
                .arguments();
    }

    private static BackendBuildSpec spec(@Nullable BaseUse base, @Nullable Refresh refresh, List<BuildArg> arguments) {
        var like = SpecBuilder.aSpec().build();
        return BackendBuildSpecBuilder.builder()
                .source(like.source())
                .buildArgs(arguments)
                .base(base)
                .legs(like.legs())
                .image(like.image())
                .refresh(refresh)
                .build();
    }
}
