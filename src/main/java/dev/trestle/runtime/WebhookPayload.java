package dev.trestle.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.trestle.source.RepositoryAddress;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which repository a webhook speaks of. All else in it is passed over, without being kept. */
final class WebhookPayload {
    private static final int LONGEST_URL = 2048;
    private static final int MOST_DEPTH = 100;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    /** GitHub and Gitea have {@code repository}, GitLab has {@code project}; the generic form has either, or the URL itself. */
    private static final Set<String> OBJECTS = Set.of("repository", "project");

    private static final Set<String> URLS = Set.of(
            "clone_url", "ssh_url", "html_url", "git_url", "url", "git_http_url", "git_ssh_url", "web_url", "http_url");

    private WebhookPayload() {}

    /**
     * Reads to the end.
     *
     * @throws JsonParseException when it is no JSON object
     */
    static Set<RepositoryAddress> addresses(InputStream body) throws IOException {
        var found = new LinkedHashSet<RepositoryAddress>();
        try (var parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(parser, "no object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var key = parser.currentName();
                var value = parser.nextToken();
                if (value == JsonToken.START_OBJECT && OBJECTS.contains(key)) {
                    readObject(parser, found);
                } else {
                    take(key.equals("url") || OBJECTS.contains(key), parser, found);
                }
            }
        }
        return found;
    }

    private static void readObject(JsonParser parser, Set<RepositoryAddress> found) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var isUrl = URLS.contains(parser.currentName());
            parser.nextToken();
            take(isUrl, parser, found);
        }
    }

    private static void take(boolean isUrl, JsonParser parser, Set<RepositoryAddress> found) throws IOException {
        if (isUrl && parser.currentToken() == JsonToken.VALUE_STRING && parser.getTextLength() <= LONGEST_URL) {
            RepositoryAddress.of(parser.getText()).ifPresent(found::add);
        } else {
            parser.skipChildren();
        }
    }
}
