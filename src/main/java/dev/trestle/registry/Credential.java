package dev.trestle.registry;

/** A client's proof of identity to a registry. None of them shows its value when it is printed. */
public sealed interface Credential {

    /**
     * A name and a password.
     *
     * @param encoded {@code name:password} in base64, as HTTP's Basic authentication has it
     */
    record Password(String encoded) implements Credential {
        @Override
        public String toString() {
            return "a password";
        }
    }

    /**
     * An OAuth refresh token, {@code identitytoken} of a config.json, which the registry's token server exchanges for an access token.
     *
     * @see <a href="https://distribution.github.io/distribution/spec/auth/oauth/">the exchange</a>
     */
    record IdentityToken(String value) implements Credential {
        @Override
        public String toString() {
            return "an identity token";
        }
    }

    /** An access token, {@code registrytoken} of a config.json, which is sent as it is. */
    record AccessToken(String value) implements Credential {
        @Override
        public String toString() {
            return "an access token";
        }
    }
}
