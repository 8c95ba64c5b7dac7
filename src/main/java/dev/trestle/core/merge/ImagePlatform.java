package dev.trestle.core.merge;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * The platform of an image, in the normal form that container runtimes compare by: {@code linux/arm64/v8} is {@code linux/arm64}.
 *
 * @param variant the CPU variant such as {@code v7}, or empty
 * @see <a href="https://github.com/containerd/platforms/blob/v1.0.0/database.go">containerd's normal form</a>
 */
public record ImagePlatform(String os, String architecture, String variant) implements Comparable<ImagePlatform> {

    private static final Pattern FORM = Pattern.compile("[a-z0-9]+/[a-z0-9_]+(/[a-z0-9.]+)?");
    private static final Comparator<ImagePlatform> ORDER = Comparator.comparing(ImagePlatform::os)
            .thenComparing(ImagePlatform::architecture)
            .thenComparing(ImagePlatform::variant);

    /**
     * Reads {@code os/architecture} or {@code os/architecture/variant}.
     *
     * @throws IllegalArgumentException when {@code text} has another form
     */
    public static ImagePlatform parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no platform; write os/architecture or os/architecture/variant, such as 'linux/arm64'."
                            .formatted(text));
        }
        var parts = text.split("/", 3);
        return of(parts[0], parts[1], parts.length == 3 ? parts[2] : "");
    }

    /** The normal form of a descriptor's or an image config's values; {@code variant} may be empty. */
    public static ImagePlatform of(String os, String architecture, String variant) {
        var plainOs = os.equals("macos") ? "darwin" : os;
        return switch (architecture) {
            case "x86_64", "x86-64", "amd64" ->
                new ImagePlatform(plainOs, "amd64", variant.equals("v1") ? "" : variant);
            case "i386" -> new ImagePlatform(plainOs, "386", "");
            case "aarch64", "arm64" -> new ImagePlatform(plainOs, "arm64", arm64Variant(variant));
            case "armhf" -> new ImagePlatform(plainOs, "arm", "v7");
            case "armel" -> new ImagePlatform(plainOs, "arm", "v6");
            case "arm" -> new ImagePlatform(plainOs, "arm", armVariant(variant));
            default -> new ImagePlatform(plainOs, architecture, variant);
        };
    }

    private static String arm64Variant(String variant) {
        return switch (variant) {
            case "8", "v8", "v8.0" -> "";
            default -> variant;
        };
    }

    private static String armVariant(String variant) {
        return switch (variant) {
            case "", "7" -> "v7";
            case "5", "6", "8" -> "v" + variant;
            default -> variant;
        };
    }

    @Override
    public int compareTo(ImagePlatform other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return variant.isEmpty() ? os + "/" + architecture : os + "/" + architecture + "/" + variant;
    }
}
