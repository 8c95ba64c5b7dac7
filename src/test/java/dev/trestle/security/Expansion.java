package dev.trestle.security;

import java.util.Map;

/** What a kubelet makes of a container's argument: {@code $(NAME)} becomes the variable, two dollars become one, all else stays. */
final class Expansion {
    private Expansion() {}

    static String of(String argument, Map<String, String> variables) {
        var text = new StringBuilder();
        for (int at = 0; at < argument.length(); at++) {
            var end = argument.startsWith("$(", at) ? argument.indexOf(')', at) : -1;
            if (argument.startsWith("$$", at)) {
                text.append('$');
                at++;
            } else if (end > 0) {
                var name = argument.substring(at + 2, end);
                text.append(variables.getOrDefault(name, "$(" + name + ")"));
                at = end;
            } else {
                text.append(argument.charAt(at));
            }
        }
        return text.toString();
    }
}
