package dev.trestle.registry;

import dev.trestle.core.merge.FailureClass;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An operation on a repository: the beginning of every message about its failure.
 *
 * @param verb {@code pull} or {@code push}
 * @param what the manifest or the blob
 */
record Doing(String verb, Repository repository, String what) {

    static Doing pull(Repository repository, String what) {
        return new Doing("pull", repository, what);
    }

    static Doing push(Repository repository, String what) {
        return new Doing("push", repository, what);
    }

    RegistryFailure denied(String answer, @Nullable Throwable cause) {
        var nextStep = "Give credentials for '%s' that may %s there.".formatted(repository.host(), verb);
        return failed(FailureClass.Denied, answer, nextStep, cause);
    }

    RegistryFailure unavailable(String answer, @Nullable Throwable cause) {
        return unavailable(answer, cause, Optional.empty());
    }

    /** @param retryAfter how long the registry asks to be left alone */
    RegistryFailure unavailable(String answer, @Nullable Throwable cause, Optional<Duration> retryAfter) {
        var nextStep = "Try again when '%s' answers.".formatted(repository.host());
        return new RegistryFailure(FailureClass.Unavailable, message(answer, nextStep), cause, retryAfter);
    }

    /** @param retryAfter how long the registry asks to be left alone */
    RegistryFailure limited(String answer, Optional<Duration> retryAfter) {
        var nextStep = "Try again when '%s' has been left alone for a while.".formatted(repository.host());
        return RegistryFailure.limited(repository.host(), message(answer, nextStep), retryAfter);
    }

    RegistryFailure failed(FailureClass failure, String answer, String nextStep) {
        return failed(failure, answer, nextStep, null);
    }

    private RegistryFailure failed(FailureClass failure, String answer, String nextStep, @Nullable Throwable cause) {
        return new RegistryFailure(failure, message(answer, nextStep), cause, Optional.empty());
    }

    private String message(String answer, String nextStep) {
        return "Cannot %s %s in '%s': %s. %s".formatted(verb, what, repository, answer, nextStep);
    }
}
