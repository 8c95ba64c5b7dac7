package dev.trestle.source;

import dev.trestle.core.config.GitCredential;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/** Gives a server the credentials that are mounted for it, read again each time, and once: the same would be refused again. */
final class MountedCredentials extends CredentialsProvider {
    /** Servers that identify the client by the token alone ask for any name. */
    private static final String ANYBODY = "git";

    private final Servers servers;
    private boolean given;

    MountedCredentials(Servers servers) {
        this.servers = servers;
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public boolean supports(CredentialItem... items) {
        return Arrays.stream(items)
                .allMatch(item -> item instanceof CredentialItem.Username || item instanceof CredentialItem.Password);
    }

    /** @throws IllegalStateException when a file cannot be read */
    @Override
    public boolean get(URIish uri, CredentialItem... items) {
        var credential = servers.credentialFor(urlOf(uri));
        if (given || !supports(items) || credential.isEmpty()) {
            return false;
        }
        given = true;
        for (var item : items) {
            give(item, credential.get());
        }
        return true;
    }

    private static void give(CredentialItem item, GitCredential credential) {
        switch (item) {
            case CredentialItem.Username name -> name.setValue(usernameOf(credential));
            case CredentialItem.Password password ->
                password.setValue(contentOf(file(credential, "password")).toCharArray());
            default -> throw new IllegalArgumentException("only what is supported is asked for");
        }
    }

    private static String usernameOf(GitCredential credential) {
        var file = file(credential, "username");
        return Files.exists(file) ? contentOf(file) : ANYBODY;
    }

    private static Path file(GitCredential credential, String name) {
        return Path.of(credential.folder(), name);
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the credentials in '%s' cannot be read; mount a Secret of type 'kubernetes.io/basic-auth' at its folder"
                            .formatted(file),
                    e);
        }
    }

    private static URL urlOf(URIish uri) {
        try {
            return URI.create(uri.toString()).toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
