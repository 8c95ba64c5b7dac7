package dev.trestle.core.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** Reads the key {@code git}. */
final class GitSection {
    private static final List<String> KEYS = List.of("pollSeconds", "hosts", "credentials");
    private static final List<String> CREDENTIAL_KEYS = List.of("host", "folder", "plainHttp");
    private static final long DEFAULT_POLL_SECONDS = 60;

    private GitSection() {}

    static Configuration.Git read(Section whole) throws ConfigurationRefused {
        var section = whole.section("git", KEYS);
        if (section.isEmpty()) {
            return new Configuration.Git((int) DEFAULT_POLL_SECONDS);
        }
        var git = section.get();
        return new Configuration.Git(
                git.number("pollSeconds", 5, 3_600).orElse(DEFAULT_POLL_SECONDS).intValue(),
                git.list("hosts", Form.HOST).stream()
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .toList(),
                credentials(git));
    }

    private static List<GitCredential> credentials(Section git) throws ConfigurationRefused {
        var credentials = new ArrayList<GitCredential>();
        var hosts = new HashSet<String>();
        for (var section : git.sections("credentials", CREDENTIAL_KEYS)) {
            var host = section.required("host", Form.HOST).toLowerCase(Locale.ROOT);
            ConfigurationReader.refuseTwice(hosts, host, section.placeOf("host"));
            credentials.add(
                    new GitCredential(host, section.required("folder", Form.FOLDER), section.flag("plainHttp")));
        }
        return credentials;
    }
}
