package dev.trestle.core.inputs;

import dev.trestle.core.Hash;
import java.util.Map;

/** A hash of the paths and object ids of files, taken one after the other. */
final class FilesHash {
    private final Hash.Parts parts = new Hash.Parts();
    private boolean empty = true;
    private boolean submodule;

    void add(Map.Entry<String, String> file) {
        empty = false;
        submodule |= SourceTree.isSubmodule(file);
        parts.add(PathText.hashed(file.getKey()));
        parts.add(file.getValue());
    }

    boolean hasSubmodule() {
        return submodule;
    }

    /** {@link FileInputs#NOTHING} when there was none. It is asked for once. */
    String value() {
        return empty ? FileInputs.NOTHING : parts.value().substring(0, InputsVersion.DIGITS);
    }
}
