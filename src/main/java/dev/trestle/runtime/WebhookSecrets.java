package dev.trestle.runtime;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets that webhooks are signed with: one in each file of a mounted Secret, so that a new one can stand beside the old one. They
 * are read at each request, since the kubelet changes them in place.
 */
final class WebhookSecrets {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookSecrets.class);
    /** The kubelet's own files begin with a dot. */
    private static final DirectoryStream.Filter<Path> SECRETS =
            file -> !file.getFileName().toString().startsWith(".") && Files.isRegularFile(file);

    private static final int SHORTEST = 16;
    private static final int LONGEST = 4096;

    private final Path folder;
    private final Map<Path, String> leftOut = new ConcurrentHashMap<>();

    /** @param folder that need not exist */
    WebhookSecrets(Path folder) {
        this.folder = folder;
    }

    /**
     * A file that cannot be used is left out, and takes nothing from the others.
     *
     * @return none when there is no folder, or nothing in it that can be a secret
     */
    List<byte[]> read() {
        var secrets = new ArrayList<byte[]>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, SECRETS)) {
                files.forEach(file -> secretIn(file).ifPresent(secrets::add));
            } catch (IOException | DirectoryIteratorException e) {
                LOG.atError().addKeyValue("folder", folder).setCause(e).log("Webhook secrets cannot be read");
            }
        }
        return secrets;
    }

    private Optional<byte[]> secretIn(Path file) {
        try {
            if (Files.size(file) > LONGEST) {
                leaveOut(file, "it is longer than 4096 bytes");
                return Optional.empty();
            }
            var secret = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
            if (secret.length >= SHORTEST) {
                leftOut.remove(file);
                return Optional.of(secret);
            }
            leaveOut(file, "it is shorter than 16 bytes");
        } catch (CharacterCodingException e) {
            leaveOut(file, "it is not text in UTF-8");
        } catch (IOException e) {
            leaveOut(file, "it cannot be read: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** Once, and not at each request. */
    private void leaveOut(Path file, String why) {
        if (!why.equals(leftOut.put(file, why))) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("why", why)
                    .log("Webhook secret is left out, the others hold; make one with 'openssl rand -hex 32'");
        }
    }
}
