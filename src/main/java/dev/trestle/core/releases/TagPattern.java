package dev.trestle.core.releases;

import dev.trestle.api.Schema;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tags that differ in their version: {@code refs/tags/v*}, where the star stands for the version. Tags of anything else are none of it,
 * nor are those of more than 255 characters, which no status holds.
 */
public final class TagPattern {
    private static final String TAGS = "refs/tags/";

    private final String before;
    private final String after;

    private TagPattern(String before, String after) {
        this.before = before;
        this.after = after;
    }

    private record Release(String tag, Version version) {}

    /** @return empty when the ref is no pattern, but one ref */
    public static Optional<TagPattern> of(String ref) {
        var star = ref.indexOf('*');
        return star < 0
                ? Optional.empty()
                : Optional.of(new TagPattern(ref.substring(0, star), ref.substring(star + 1)));
    }

    /** The common prefix of all refs that it selects. */
    public String prefix() {
        return before;
    }

    /** Whether it is a release's tag. */
    public boolean selects(String tag) {
        return version(tag).isPresent();
    }

    /**
     * Those that are releases.
     *
     * @param refs full
     * @return their tags, without {@code refs/tags/}, lowest version first
     */
    public List<String> releasesAmong(Collection<String> refs) {
        return refs.stream()
                .filter(ref -> ref.startsWith(TAGS))
                .map(ref -> ref.substring(TAGS.length()))
                .flatMap(tag -> version(tag).map(version -> new Release(tag, version)).stream())
                .sorted(Comparator.comparing(Release::version))
                .map(Release::tag)
                .toList();
    }

    /** Whether the first is of a lower version; a tag that is no release is lower than none, and none is lower than it. */
    public boolean isLower(String tag, String other) {
        return version(tag)
                .flatMap(version -> version(other).filter(than -> version.compareTo(than) < 0))
                .isPresent();
    }

    /** The full name of a tag. */
    public static String refOf(String tag) {
        return TAGS + tag;
    }

    private Optional<Version> version(String tag) {
        var ref = refOf(tag);
        return tag.length() <= Schema.GIT_TAG
                        && ref.length() > before.length() + after.length()
                        && ref.startsWith(before)
                        && ref.endsWith(after)
                ? Version.of(ref.substring(before.length(), ref.length() - after.length()))
                : Optional.empty();
    }
}
