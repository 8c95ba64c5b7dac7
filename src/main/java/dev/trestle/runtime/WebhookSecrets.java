package dev.trestle.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** @param folder that need not exist */
    WebhookSecrets(Path folder) {
        this.folder = folder;
    }

    /** @return none when there is no folder, or nothing in it that can be a secret */
    List<byte[]> read() {
        var secrets = new ArrayList<byte[]>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, SECRETS)) {
                for (var file : files) {
                    add(file, secrets);
                }
            } catch (IOException e) {
                LOG.atError().addKeyValue("folder", folder).setCause(e).log("Webhook secrets cannot be read");
            }
        }
        return secrets;
    }

    private static void add(Path file, List<byte[]> secrets) throws IOException {
        if (Files.size(file) <= LONGEST) {
            var secret = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
            if (secret.length >= SHORTEST) {
                secrets.add(secret);
                return;
            }
        }
        LOG.atWarn()
                .addKeyValue("file", file)
                .log("Webhook secret is left out: it must have 16 to 4096 bytes, such as 'openssl rand -hex 32' gives");
    }
}
