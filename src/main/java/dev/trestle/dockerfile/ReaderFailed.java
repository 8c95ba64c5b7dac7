package dev.trestle.dockerfile;

/** The program gave no answer to a request. */
final class ReaderFailed extends Exception {
    private static final long serialVersionUID = 1L;

    ReaderFailed(String message) {
        super(message);
    }
}
