package dev.trestle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML 1.2 with the core schema (<a href="https://yaml.org/spec/1.2.2/#103-core-schema">section 10.3</a>), as GitHub reads workflows:
 * {@code yes}, {@code on} and {@code 1_000} are texts, {@code 012} is twelve. Jackson's reader has the rules of YAML 1.1.
 */
final class CoreYaml {
    /** How deep lists and mappings may stand in each other. */
    static final int DEPTH = 50;
    /** Characters of a file: LocalAI's matrix of 457 rows has 200,000. */
    static final int LENGTH = 4_000_000;

    private final Iterator<Event> events;

    private CoreYaml(Iterator<Event> events) {
        this.events = events;
    }

    /** The text is not a YAML document that is read here. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;

        Invalid(int line, String message) {
            super(message);
            this.line = line;
        }

        /** @return from 1 */
        int line() {
            return line;
        }
    }

    /**
     * The one document of a text. Numbers keep their digits: 3.10 is a decimal of two places.
     *
     * @return a missing node when there is none
     * @throws Invalid for text that is not YAML, and for aliases, keys that stand twice, a second document, and more than the limits allow
     */
    static JsonNode read(String text) throws Invalid {
        if (text.length() > LENGTH) {
            throw new Invalid(1, "it has more than %d characters. Split it.".formatted(LENGTH));
        }
        var settings = LoadSettings.builder().setCodePointLimit(LENGTH).build();
        try {
            return new CoreYaml(new Parse(settings).parseString(text).iterator()).document();
        } catch (MarkedYamlEngineException e) {
            var line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new Invalid(line, String.valueOf(e.getProblem()));
        } catch (YamlEngineException e) {
            throw new Invalid(1, String.valueOf(e.getMessage()));
        }
    }

    private JsonNode document() throws Invalid {
        Optional<JsonNode> root = Optional.empty();
        while (events.hasNext()) {
            var event = events.next();
            switch (event.getEventId()) {
                case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> {}
                case Scalar, SequenceStart, MappingStart, Alias, SequenceEnd, MappingEnd -> {
                    if (root.isPresent()) {
                        throw new Invalid(line(event), "a second document begins. Keep one in each file.");
                    }
                    root = Optional.of(node(event, 1));
                }
            }
        }
        return root.orElseGet(MissingNode::getInstance);
    }

    private JsonNode node(Event event, int depth) throws Invalid {
        if (depth > DEPTH) {
            throw new Invalid(
                    line(event), "lists and mappings stand more than %d deep in each other.".formatted(DEPTH));
        }
        return switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event);
            case SequenceStart -> sequence(depth);
            case MappingStart -> mapping(depth);
            case Alias ->
                throw new Invalid(
                        line(event),
                        "the alias '*%s' is not followed. Write out what it stands for."
                                .formatted(((AliasEvent) event).getAlias()));
            case Comment -> node(events.next(), depth);
            case StreamStart, StreamEnd, DocumentStart, DocumentEnd, SequenceEnd, MappingEnd ->
                throw new IllegalStateException(event.toString());
        };
    }

    private ArrayNode sequence(int depth) throws Invalid {
        var items = JsonNodeFactory.instance.arrayNode();
        for (var event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return items;
    }

    private ObjectNode mapping(int depth) throws Invalid {
        var fields = JsonNodeFactory.instance.objectNode();
        for (var event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            if (!(event instanceof ScalarEvent key)) {
                throw new Invalid(line(event), "a key is a list, a mapping or an alias; it must be a text.");
            }
            if (fields.has(key.getValue())) {
                throw new Invalid(line(event), "the key '%s' stands twice in one mapping.".formatted(key.getValue()));
            }
            fields.set(key.getValue(), node(events.next(), depth + 1));
        }
        return fields;
    }

    private static JsonNode scalar(ScalarEvent event) throws Invalid {
        var tag = event.getTag();
        if (tag.isEmpty()) {
            return event.isPlain() ? CoreScalar.of(event.getValue()) : text(event);
        }
        if (tag.get().equals("!") || tag.get().equals("tag:yaml.org,2002:str")) {
            return text(event);
        }
        throw new Invalid(line(event), "the tag '%s' is not read. Write the value without a tag.".formatted(tag.get()));
    }

    private static JsonNode text(ScalarEvent event) {
        return JsonNodeFactory.instance.textNode(event.getValue());
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
