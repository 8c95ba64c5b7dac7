package dev.trestle.core.render;

import dev.trestle.api.GitSource;
import dev.trestle.core.IsoWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tag with variables, such as {@code ${branch}-cpu-whisper}: their values are known when the image is merged. */
public final class TagTemplate {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);
    private static final int LONGEST_TAG = 128;
    private static final int SHORT_REVISION = 9;

    private TagTemplate() {}

    /**
     * @param revision the commit that was built
     * @param now tells the week, and the timestamp, which grows from merge to merge
     * @param variant the tag's suffix, see {@link dev.trestle.api.BackendBuildSpec#variant}
     * @return a tag by the rules of the OCI distribution specification
     */
    public static String render(String template, GitSource git, String revision, Instant now, String variant) {
        return tag(
                VARIABLE.matcher(template).replaceAll(variable -> switch (variable.group(1)) {
                    case "branch" -> branch(git).orElse("");
                    case "shortRevision" -> revision.substring(0, Math.min(SHORT_REVISION, revision.length()));
                    case "week" -> week(now);
                    case "timestamp" -> TIMESTAMP.format(now);
                    default -> "";
                }),
                variant);
    }

    /** The same with the tag of a release in it. */
    static String ofRelease(String template, String gitTag) {
        return VARIABLE.matcher(template)
                .replaceAll(variable -> Matcher.quoteReplacement(
                        variable.group(1).equals("gitTag") ? allowed(gitTag) : variable.group()));
    }

    /** The part that is the same for every image of the build, by which two builds' tags are told apart. */
    public static String ofAllRuns(String template, GitSource git) {
        return VARIABLE.matcher(template)
                .replaceAll(variable -> variable.group(1).equals("branch")
                        ? branch(git).orElse("")
                        : Matcher.quoteReplacement(variable.group()));
    }

    private static Optional<String> branch(GitSource git) {
        return Optional.ofNullable(git.ref()).map(ref -> allowed(ref.replaceFirst("^refs/(heads|tags)/", "")));
    }

    private static String allowed(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "-");
    }

    private static String week(Instant now) {
        var day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return IsoWeek.of(day);
    }

    /** The form of the OCI distribution specification: such a first character, and at most 128 in all. */
    public static String tag(String rendered, String variant) {
        var begun = rendered.replaceFirst("^[.-]+", "");
        return begun.substring(0, Math.min(LONGEST_TAG - variant.length(), begun.length())) + variant;
    }
}
