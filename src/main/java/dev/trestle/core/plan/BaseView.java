package dev.trestle.core.plan;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseImageStatus;
import dev.trestle.api.PlatformImage;
import dev.trestle.api.PublishedImage;
import dev.trestle.api.Trust;
import dev.trestle.core.render.ClaimedBase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A base as its consumer sees it. */
public sealed interface BaseView {
    /** The build has no base. */
    record None() implements BaseView {}

    /** It names a base that does not exist. */
    record NotFound(String name) implements BaseView {}

    /** The base exists and has never been published. */
    record NotBuilt(String name) implements BaseView {}

    /** It must not be used: claims collide, or a base of the claimed name is user-managed. */
    record Refused(String message) implements BaseView {}

    /**
     * It is made on itself.
     *
     * @param path the bases' names, the first and the last being one
     */
    record Cycle(List<String> path) implements BaseView {
        public Cycle {
            path = List.copyOf(path);
        }
    }

    /**
     * @param images {@code repository@digest} of the image manifest, by platform
     * @param declared the platforms that the base is to have
     */
    record Available(String name, Map<String, String> images, List<String> declared) implements BaseView {
        public Available {
            images = Map.copyOf(images);
            declared = List.copyOf(declared);
        }
    }

    /**
     * The base as a build sees it.
     *
     * @param claims all claims of the name that this build claims
     * @param base the base of that name, claimed or user-managed
     * @param others the other bases of the namespace, by name
     */
    static BaseView of(
            BackendBuild build, Claims claims, Optional<BaseImage> base, Function<String, Optional<BaseImage>> others) {
        var use = build.getSpec().base();
        if (use == null) {
            return new None();
        }
        var name = build.getSpec().baseName().orElseThrow();
        return refusal(build, name, claims, base)
                .or(() -> BaseCycle.of(build, others))
                .orElseGet(() -> of(name, base));
    }

    private static Optional<BaseView> refusal(
            BackendBuild build, String name, Claims claims, Optional<BaseImage> base) {
        return untrusted(build, name, base)
                .or(() -> claims.collisionOf(build).map(Collision::sentence))
                .or(() -> handMade(build, name, base))
                .map(Refused::new);
    }

    /** No trusted image is made on a proposed change (invariant 7). */
    private static Optional<String> untrusted(BackendBuild build, String name, Optional<BaseImage> base) {
        return base.filter(found -> build.getSpec().trusted() && found.getSpec().trust() == Trust.Untrusted)
                .map(_ -> "BaseImage '%s' is untrusted, and this build is trusted. Name a base that is trusted."
                        .formatted(name));
    }

    private static Optional<String> handMade(BackendBuild build, String name, Optional<BaseImage> base) {
        return base.filter(_ -> Claims.claimOf(build).isPresent())
                .filter(found -> !ClaimedBase.isOne(found))
                .map(_ ->
                        "BaseImage '%s' was applied by somebody. Name it in 'base.ref', or claim a base of another name."
                                .formatted(name));
    }

    /** An existing base, as every consumer sees it. */
    static BaseView ofExisting(String name, BaseImage base) {
        return of(name, Optional.of(base));
    }

    private static BaseView of(String name, Optional<BaseImage> base) {
        return base.<BaseView>map(found -> Optional.ofNullable(found.getStatus())
                        .map(BaseImageStatus::image)
                        .<BaseView>map(image -> new Available(
                                name, imagesOf(image), found.getSpec().platforms()))
                        .orElseGet(() -> new NotBuilt(name)))
                .orElseGet(() -> new NotFound(name));
    }

    private static Map<String, String> imagesOf(PublishedImage image) {
        var repository = image.repositories().getFirst();
        return image.platforms().stream()
                .collect(Collectors.toMap(PlatformImage::platform, platform -> repository + "@" + platform.digest()));
    }

    /** @return the base of one platform, if there is one */
    default @Nullable String imageFor(String platform) {
        return this instanceof Available(var _, var images, var _) ? images.get(platform) : null;
    }
}
