package dev.trestle.registry;

import java.util.Map;
import java.util.Optional;

/** A registry's answer. */
final class Reply {

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /** An answer with its headers' names in lower case, as the JDK's client gives them. */
    Reply(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** An answer of which only the status matters. */
    static Reply none(int status) {
        return new Reply(status, Map.of(), new byte[0]);
    }

    int status() {
        return status;
    }

    boolean found() {
        return status != 404;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    byte[] body() {
        return body;
    }
}
