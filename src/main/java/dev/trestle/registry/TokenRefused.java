package dev.trestle.registry;

import java.io.IOException;

/** A registry's token server gave no token. */
final class TokenRefused extends IOException {

    private final transient Reply reply;

    TokenRefused(String server, Reply reply) {
        super("the token server '%s' answers %s".formatted(server, Answers.of(reply)));
        this.reply = reply;
    }

    TokenRefused(String server, String problem) {
        super("the token server '%s' %s".formatted(server, problem));
        this.reply = Reply.none(400);
    }

    Reply reply() {
        return reply;
    }
}
