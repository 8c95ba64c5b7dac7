package dev.trestle.core;

import dev.trestle.api.Input;
import dev.trestle.api.InputKind;
import dev.trestle.core.plan.SourceView.Known;
import java.util.List;
import java.util.Optional;

/** Commits of which every one changes every build's files. */
public final class Sources {
    private Sources() {}

    public static Known at(String commit) {
        return new Known(commit, Optional.empty(), filesAt(commit));
    }

    public static List<Input> filesAt(String commit) {
        return List.of(new Input(InputKind.Source, commit));
    }
}
