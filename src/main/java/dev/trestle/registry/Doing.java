package dev.trestle.registry;

import dev.trestle.core.merge.FailureClass;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a repository: the beginning of every message about its failure.
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
        var nextStep = "Try again when '%s' answers.".formatted(repository.host());
        return failed(FailureClass.Unavailable, answer, nextStep, cause);
    }

    RegistryFailure failed(FailureClass failure, String answer, String nextStep) {
        return failed(failure, answer, nextStep, null);
    }

    private RegistryFailure failed(FailureClass failure, String answer, String nextStep, @Nullable Throwable cause) {
        var message = "Cannot %s %s in '%s': %s. %s".formatted(verb, what, repository, answer, nextStep);
        return new RegistryFailure(failure, message, cause);
    }
}
