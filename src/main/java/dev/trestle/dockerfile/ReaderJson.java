package dev.trestle.dockerfile;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trestle.core.dockerfile.ArgumentValues;
import dev.trestle.core.dockerfile.ArgumentValues.Others;
import dev.trestle.core.dockerfile.DockerfileReads;
import dev.trestle.core.dockerfile.DockerfileReads.Declared;
import dev.trestle.core.dockerfile.DockerfileRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The program's protocol: a JSON object a line; its README has the fields. */
final class ReaderJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReaderJson() {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Request(
            String dockerfile,
            Map<String, Argument> arguments,
            @Nullable String target) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Argument(List<String> values, boolean unset, boolean unknown, boolean image) {
        static Argument of(ArgumentValues values) {
            return new Argument(
                    values.values(),
                    values.mayBeUnset(),
                    values.others() == Others.Any,
                    values.others() == Others.Images);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Answer(
            @Nullable List<String> paths,
            @Nullable String cannotTell,
            boolean commitTime,
            @Nullable List<Declared> declared) {}

    /** @return equal bytes for equal requests; no line break */
    static byte[] of(DockerfileRequest request) {
        var arguments = new TreeMap<String, Argument>();
        request.arguments().forEach(argument -> arguments.put(argument.name(), Argument.of(argument)));
        try {
            return JSON.writeValueAsBytes(
                    new Request(request.text(), arguments, request.target().orElse(null)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request is not JSON", e); // texts, lists and maps always are
        }
    }

    /** @throws ReaderFailed when it is not an answer */
    static DockerfileReads answer(byte[] line) throws ReaderFailed {
        try {
            var answer = JSON.readValue(line, Answer.class);
            if (answer.cannotTell() != null) {
                return new DockerfileReads.Unknown(answer.cannotTell());
            }
            if (answer.paths() == null) {
                throw new ReaderFailed("its answer has neither 'paths' nor 'cannotTell'");
            }
            var declared = answer.declared() == null ? List.<Declared>of() : answer.declared();
            return new DockerfileReads.Paths(answer.paths(), answer.commitTime(), declared);
        } catch (IOException | NullPointerException e) { // a null within a list
            throw new ReaderFailed("its answer is not valid: '%s'".formatted(beginning(line)));
        }
    }

    private static String beginning(byte[] line) {
        var most = 80;
        return new String(line, 0, Math.min(line.length, most), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
    }
}
