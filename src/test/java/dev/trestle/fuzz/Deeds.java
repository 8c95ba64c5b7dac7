package dev.trestle.fuzz;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.e2e.TestCluster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is done to the API server, one by one, and what it said. */
final class Deeds {
    private final TestCluster cluster;
    private final Sender sender;
    private final Chance chance;
    private final RandomObjects objects;
    private final RandomStatus spoilt;
    private final Map<String, ValidStatus> valid;
    private final NodeReport node;
    private final List<ObjectNode> taken = new ArrayList<>();
    private final TreeMap<String, Integer> counts = new TreeMap<>();
    private final List<String> improper = new ArrayList<>();
    private int created;

    Deeds(TestCluster cluster, Corpus corpus, Chance chance) throws IOException {
        this.cluster = cluster;
        this.sender = Sender.to(cluster);
        this.chance = chance;
        this.objects = new RandomObjects(corpus, chance, cluster.source().git().url(), cluster.repository("fuzz"));
        this.spoilt = new RandomStatus(chance);
        this.valid = ValidStatus.ofAllKinds(chance);
        this.node = new NodeReport(chance);
    }

    /** Creates an object, or does something to one that is there. */
    void next() {
        if (taken.isEmpty() || chance.below(10) < 5) {
            create();
            return;
        }
        var object = chance.pick(taken);
        switch (chance.below(10)) {
            case 0, 1 -> change(object);
            case 2 -> note("annotate", object, sender.annotate(object, objects.request(), objects.token()));
            case 3, 4 -> changeStatus();
            case 5 -> delete(object);
            default -> reportOfAPod();
        }
    }

    private void create() {
        var object = objects.next("fuzz-" + created++);
        if (note("create", object, sender.create(object)).isTaken()) {
            taken.add(object);
        }
    }

    private void change(ObjectNode object) {
        var changed = objects.changed(object);
        if (note("change", changed, sender.change(changed)).isTaken()) {
            taken.set(taken.indexOf(object), changed);
        }
    }

    private void delete(ObjectNode object) {
        if (note("delete", object, sender.delete(object)).isTaken()) {
            taken.remove(object);
        }
    }

    /** Of any object there is, the operator's own among them: the status of another one, but not quite. */
    private void changeStatus() {
        var kind = chance.pick(List.copyOf(valid.keySet()));
        var objects = sender.all(kind).stream()
                .filter(object -> object.path("status") instanceof ObjectNode)
                .toList();
        if (objects.isEmpty()) {
            return;
        }
        var status = (ObjectNode) chance.pick(objects).path("status");
        var statuses = requireNonNull(valid.get(kind));
        statuses.learn(status);
        var other = chance.oneIn(4) ? spoilt.spoilt(status) : statuses.changed(status);
        note("status", other, sender.changeStatus(chance.pick(objects), other));
    }

    private void reportOfAPod() {
        var pods =
                cluster.client().pods().inNamespace(cluster.namespace()).list().getItems();
        if (!pods.isEmpty()) {
            var status = node.status();
            note("report", status, sender.report(chance.pick(pods).getMetadata().getName(), status));
        }
    }

    private Answer note(String deed, ObjectNode sent, Answer answer) {
        counts.merge(deed + " " + (answer.isTaken() ? "taken" : answer.code()), 1, Integer::sum);
        if (!answer.isProper()) {
            improper.add("%s %s: %s".formatted(deed, sent, answer));
        }
        return answer;
    }

    /** Requests to which the API server's answer was neither yes nor a reasoned no. */
    List<String> improper() {
        return improper;
    }

    /** How often the API server took each deed. */
    int taken() {
        return counts.entrySet().stream()
                .filter(count -> count.getKey().endsWith(" taken"))
                .mapToInt(count -> count.getValue())
                .sum();
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
