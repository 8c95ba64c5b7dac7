package dev.trestle.core.plan;

import dev.trestle.api.BaseImage;
import dev.trestle.api.BaseImageStatus;
import dev.trestle.api.PlatformImage;
import dev.trestle.api.PublishedImage;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a consumer sees of its base. */
public sealed interface BaseView {
    /** The build has no base. */
    record None() implements BaseView {}

    /** It names a base that does not exist. */
    record NotFound(String name) implements BaseView {}

    /** The base exists and has never been published. */
    record NotBuilt(String name) implements BaseView {}

    /** @param images {@code repository@digest} of the image manifest, by platform */
    record Available(String name, Map<String, String> images) implements BaseView {
        public Available {
            images = Map.copyOf(images);
        }
    }

    static BaseView of(String name, Optional<BaseImage> base) {
        return base.<BaseView>map(found -> Optional.ofNullable(found.getStatus())
                        .map(BaseImageStatus::image)
                        .<BaseView>map(image -> new Available(name, imagesOf(image)))
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
        return this instanceof Available(var name, var images) ? images.get(platform) : null;
    }
}
