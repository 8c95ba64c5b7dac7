package dev.trestle.runtime;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import org.jspecify.annotations.Nullable;

/**
 * JSON that means the same when it is read as YAML. The API server reads server-side applies as YAML, which refuses control characters
 * that JSON allows, and folds line breaks that JSON has no word for: one such character in a build's output, and its status could never be
 * written. They are sent as {@code \\u} escapes.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/#51-character-set">YAML's character set</a>
 */
final class YamlSafeJson extends CharacterEscapes {
    private static final long serialVersionUID = 1;
    private static final int DELETE = 0x7f;
    private static final int LAST_CONTROL = 0x9f;
    private static final int LINE_SEPARATOR = 0x2028;
    private static final int PARAGRAPH_SEPARATOR = 0x2029;
    private static final int BYTE_ORDER_MARK = 0xfeff;
    private static final int FIRST_NONCHARACTER = 0xfffe;
    private static final int LAST_NONCHARACTER = 0xffff;

    @Override
    public int[] getEscapeCodesForAscii() {
        var codes = standardAsciiEscapesForJSON();
        codes[DELETE] = ESCAPE_STANDARD;
        return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
        return isUnsafe(character) ? new SerializedString("\\u%04x".formatted(character)) : null;
    }

    private static boolean isUnsafe(int character) {
        return switch (character) {
            case LINE_SEPARATOR, PARAGRAPH_SEPARATOR, BYTE_ORDER_MARK, FIRST_NONCHARACTER, LAST_NONCHARACTER -> true;
            default -> character >= DELETE && character <= LAST_CONTROL;
        };
    }
}
