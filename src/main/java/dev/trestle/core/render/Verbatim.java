package dev.trestle.core.render;

import java.util.List;

/**
 * Arguments as a program shall get them: the kubelet puts variables of the container in for {@code $(NAME)}, and makes one dollar of two.
 *
 * @see <a href="https://github.com/kubernetes/kubernetes/blob/v1.36.3/third_party/forked/golang/expansion/expand.go">expand.go</a>
 */
final class Verbatim {
    private Verbatim() {}

    static List<String> of(List<String> arguments) {
        return arguments.stream().map(argument -> argument.replace("$", "$$")).toList();
    }
}
