package dev.trestle.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One random change of an object; it changes nothing where it finds no place. */
enum Mutation {
    /** A value that another valid object has there. */
    Exchange {
        @Override
        void apply(ObjectNode object, Chance chance, Corpus corpus) {
            var pointer = chance.pick(Corpus.pointers(object));
            var others = corpus.seenAt(object, pointer);
            if (!others.isEmpty()) {
                put(object, pointer, chance.pick(others).deepCopy());
            }
        }
    },
    /** A field that another valid object has there. */
    Add {
        @Override
        void apply(ObjectNode object, Chance chance, Corpus corpus) {
            var pointer = chance.pick(Corpus.pointers(object));
            var absent = corpus.absentFields(object, pointer);
            if (!absent.isEmpty()) {
                var field = pointer + "/" + chance.pick(absent);
                put(object, field, chance.pick(corpus.seenAt(object, field)).deepCopy());
            }
        }
    },
    Remove {
        @Override
        void apply(ObjectNode object, Chance chance, Corpus corpus) {
            var pointer = chance.pick(Corpus.pointers(object));
            switch (object.at(parent(pointer))) {
                case ObjectNode fields -> fields.remove(last(pointer));
                case ArrayNode items -> items.remove(Integer.parseInt(last(pointer)));
                default -> {}
            }
        }
    },
    Text {
        @Override
        void apply(ObjectNode object, Chance chance, Corpus corpus) {
            var texts = Corpus.pointers(object).stream()
                    .filter(pointer -> object.at(pointer).isTextual())
                    .toList();
            if (!texts.isEmpty()) {
                put(object, chance.pick(texts), JsonNodeFactory.instance.textNode(chance.text()));
            }
        }
    },
    Anything {
        @Override
        void apply(ObjectNode object, Chance chance, Corpus corpus) {
            put(object, chance.pick(Corpus.pointers(object)), chance.value());
        }
    },
    Repeat {
        @Override
        void apply(ObjectNode object, Chance chance, Corpus corpus) {
            var lists = Corpus.pointers(object).stream()
                    .filter(pointer -> !object.at(pointer).isEmpty())
                    .filter(pointer -> object.at(pointer).isArray())
                    .toList();
            if (!lists.isEmpty()) {
                var items = (ArrayNode) object.at(chance.pick(lists));
                var first = items.get(0);
                for (var more = chance.below(chance.oneIn(5) ? 500 : 3); more > 0; more--) {
                    items.add(first.deepCopy());
                }
            }
        }
    },
    Unknown {
        @Override
        void apply(ObjectNode object, Chance chance, Corpus corpus) {
            if (object.at(chance.pick(Corpus.pointers(object))) instanceof ObjectNode fields) {
                fields.set(chance.text(), chance.value());
            }
        }
    };

    abstract void apply(ObjectNode object, Chance chance, Corpus corpus);

    private static void put(ObjectNode object, String pointer, JsonNode value) {
        switch (object.at(parent(pointer))) {
            case ObjectNode fields -> fields.set(last(pointer), value);
            case ArrayNode items
            when last(pointer).matches("\\d+") -> items.set(Integer.parseInt(last(pointer)), value);
            default -> {}
        }
    }

    private static String parent(String pointer) {
        return pointer.substring(0, pointer.lastIndexOf('/'));
    }

    private static String last(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }
}
