package dev.trestle.core.config;

import java.util.List;

/**
 * Which namespace may publish to which repositories. Without a rule, every namespace may publish to all; with one, a namespace may publish
 * to the repositories of the rules that name it.
 */
public record RepositoryRights(List<Rule> rules) {
    public static final RepositoryRights UNRESTRICTED = new RepositoryRights(List.of());

    public RepositoryRights {
        rules = List.copyOf(rules);
    }

    /**
     * The rights of some namespaces.
     *
     * @param namespaces names, or beginnings of names with {@code *} at the end
     * @param allow registries and repositories; each stands for itself and for all below it
     */
    public record Rule(List<String> namespaces, List<String> allow) {
        public Rule {
            namespaces = List.copyOf(namespaces);
            allow = List.copyOf(allow);
        }

        boolean names(String namespace) {
            return namespaces.stream()
                    .anyMatch(name -> name.endsWith("*")
                            ? namespace.startsWith(name.substring(0, name.length() - 1))
                            : namespace.equals(name));
        }

        boolean allows(String repository) {
            return allow.stream()
                    .map(RepositoryName::canonical)
                    .anyMatch(allowed -> repository.equals(allowed) || repository.startsWith(allowed + "/"));
        }
    }

    /** Whether a build or merge of the namespace may write to the repository, by whichever of its names it is called. */
    public boolean permits(String namespace, String repository) {
        var canonical = RepositoryName.canonical(repository);
        return rules.isEmpty() || rules.stream().anyMatch(rule -> rule.names(namespace) && rule.allows(canonical));
    }
}
