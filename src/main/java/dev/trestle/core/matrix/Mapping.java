package dev.trestle.core.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** How a matrix becomes builds and bases. Read strictly: a key that means nothing here is refused by its place. */
public final class Mapping {
    private final ImageRules linux;
    private final Optional<ImageRules> darwin;
    private final Optional<BaseRules> bases;

    private Mapping(ImageRules linux, Optional<ImageRules> darwin, Optional<BaseRules> bases) {
        this.linux = linux;
        this.darwin = darwin;
        this.bases = bases;
    }

    /** @throws ImportRefused for a key that is not known, a value that is missing or not allowed, or an unknown name in a template */
    public static Mapping read(JsonNode tree) throws ImportRefused {
        var whole = new Part("", tree).only("linux", "darwin", "bases");
        var linux = ImageRules.read(whole.at("linux"));
        var darwin = whole.find("darwin");
        var bases = whole.find("bases");
        if (bases.isEmpty() && linux.asks().isPresent()) {
            throw whole.at("linux").at("base").refused("names bases, but 'bases' does not say what they are");
        }
        return new Mapping(
                linux,
                darwin.isPresent() ? Optional.of(ImageRules.read(darwin.get())) : Optional.empty(),
                bases.isPresent() ? Optional.of(BaseRules.read(bases.get())) : Optional.empty());
    }

    /** Where the matrix of the bases is, if the mapping has one. */
    public Optional<String> basesFile() {
        return bases.map(BaseRules::file);
    }

    ImageRules linux() {
        return linux;
    }

    Optional<ImageRules> darwin() {
        return darwin;
    }

    Optional<BaseRules> bases() {
        return bases;
    }
}
