package dev.trestle.core;

import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BackendBuildSpecBuilder;
import dev.trestle.api.BaseClaimBuilder;
import dev.trestle.api.BaseRef;
import dev.trestle.api.BaseUse;
import dev.trestle.api.BaseUseBuilder;
import dev.trestle.api.Baseline;
import dev.trestle.api.BuildArg;
import dev.trestle.api.Cache;
import dev.trestle.api.Cache.CacheMode;
import dev.trestle.api.CacheBuilder;
import dev.trestle.api.FromSource;
import dev.trestle.api.GitSource;
import dev.trestle.api.GitSourceBuilder;
import dev.trestle.api.ImageTarget;
import dev.trestle.api.Leg;
import dev.trestle.api.OnLegFailure;
import dev.trestle.api.RunPolicy;
import dev.trestle.api.Source;
import dev.trestle.api.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A BackendBuild's spec for tests; what a test does not speak of is as small as it may be. */
public final class SpecBuilder {
    private GitSource git = GitSourceBuilder.builder()
            .url("https://git.example/acme/app.git")
            .ref("refs/heads/main")
            .build();
    private @Nullable String dockerfile;
    private @Nullable String context;
    private @Nullable String target;
    private final List<BuildArg> buildArgs = new ArrayList<>();
    private @Nullable BaseUse base;
    private List<Leg> legs = List.of(Leg.on("linux/amd64"));
    private List<String> repositories = List.of("quay.io/acme/app");
    private List<String> tags = List.of("latest");
    private @Nullable String pushSecret;
    private @Nullable Cache cache;
    private @Nullable RunPolicy runPolicy;
    private @Nullable OnLegFailure onLegFailure;
    private @Nullable Boolean suspend;
    private @Nullable Integer pullRequest;
    private @Nullable String baseline;

    private SpecBuilder() {}

    public static SpecBuilder aSpec() {
        return new SpecBuilder();
    }

    public SpecBuilder following(String url, String ref) {
        git = GitSourceBuilder.builder().url(url).ref(ref).build();
        return this;
    }

    public SpecBuilder pinnedTo(String revision) {
        git = GitSourceBuilder.builder().url(git.url()).revision(revision).build();
        return this;
    }

    /** Comes after what says where the repository is. */
    public SpecBuilder gitSecret(String name) {
        git = new GitSource(git.url(), name, git.ref(), git.revision(), git.force(), git.inputs());
        return this;
    }

    public SpecBuilder inputs(String... patterns) {
        git = git.withInputs(List.of(patterns));
        return this;
    }

    public SpecBuilder dockerfile(String path) {
        dockerfile = path;
        return this;
    }

    public SpecBuilder context(String path) {
        context = path;
        return this;
    }

    public SpecBuilder target(String stage) {
        target = stage;
        return this;
    }

    public SpecBuilder arg(String name, String value) {
        buildArgs.add(new BuildArg(name, value));
        return this;
    }

    public SpecBuilder onBase(String name, String arg) {
        base = BaseUse.of(new BaseRef(name), arg);
        return this;
    }

    /** Without its base the Dockerfile does by this argument. */
    public SpecBuilder orFromSource(String arg, String value) {
        base = BaseUseBuilder.builder()
                .ref(new BaseRef("python"))
                .arg("BASE")
                .unavailable(BaseUse.Unavailable.FromSource)
                .fromSource(new FromSource(arg, value))
                .build();
        return this;
    }

    /** A claim that says no more than it must. */
    public SpecBuilder claiming(String name, BuildArg... args) {
        var claim = BaseClaimBuilder.builder()
                .name(name)
                .dockerfile("Dockerfile." + name)
                .buildArgs(List.of(args))
                .repositories(List.of("quay.io/acme/bases"))
                .maxAgeSeconds(3600L)
                .build();
        base = BaseUseBuilder.builder().claim(claim).arg("BASE").build();
        return this;
    }

    public SpecBuilder legs(String... platforms) {
        legs = Stream.of(platforms).map(Leg::on).toList();
        return this;
    }

    public SpecBuilder legs(Leg... each) {
        legs = List.of(each);
        return this;
    }

    public SpecBuilder repositories(String... names) {
        repositories = List.of(names);
        return this;
    }

    public SpecBuilder tags(String... names) {
        tags = List.of(names);
        return this;
    }

    public SpecBuilder pushSecret(String name) {
        pushSecret = name;
        return this;
    }

    public SpecBuilder writingCache(String repository) {
        cache = CacheBuilder.builder().repository(repository).build();
        return this;
    }

    public SpecBuilder readingCache(String repository) {
        cache = new Cache(repository, CacheMode.Min, false);
        return this;
    }

    public SpecBuilder runPolicy(RunPolicy policy) {
        runPolicy = policy;
        return this;
    }

    public SpecBuilder onLegFailure(OnLegFailure policy) {
        onLegFailure = policy;
        return this;
    }

    public SpecBuilder suspended() {
        suspend = true;
        return this;
    }

    /** Untrusted, and of this pull request. */
    public SpecBuilder ofPullRequest(int number) {
        pullRequest = number;
        return this;
    }

    public SpecBuilder takingFrom(String build) {
        baseline = build;
        return this;
    }

    public SpecBuilder forced() {
        git = new GitSource(git.url(), git.secret(), git.ref(), git.revision(), true, git.inputs());
        return this;
    }

    public BackendBuildSpec build() {
        return BackendBuildSpecBuilder.builder()
                .source(new Source(git))
                .dockerfile(dockerfile)
                .context(context)
                .target(target)
                .buildArgs(buildArgs)
                .base(base)
                .legs(legs)
                .image(new ImageTarget(repositories, tags, pushSecret))
                .cache(cache)
                .runPolicy(runPolicy)
                .trust(pullRequest == null ? null : Trust.Untrusted)
                .pullRequest(pullRequest)
                .baseline(baseline == null ? null : new Baseline(baseline))
                .onLegFailure(onLegFailure)
                .suspend(suspend)
                .build();
    }
}
