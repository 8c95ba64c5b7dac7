package dev.trestle.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.e2e.TestCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What is done to the API server, one by one, and what it said. */
final class Deeds {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestCluster cluster;
    private final Sender sender;
    private final Chance chance;
    private final RandomObjects objects;
    private final RandomStatus statuses;
    private final NodeReport node;
    private final List<ObjectNode> taken = new ArrayList<>();
    private final TreeMap<String, Integer> counts = new TreeMap<>();
    private final List<String> improper = new ArrayList<>();
    private int created;

    Deeds(TestCluster cluster, Corpus corpus, Chance chance) {
        this.cluster = cluster;
        this.sender = Sender.to(cluster);
        this.chance = chance;
        this.objects = new RandomObjects(corpus, chance, cluster.source().git().url(), cluster.repository("fuzz"));
        this.statuses = new RandomStatus(chance);
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
            case 0, 1, 2 -> change(object);
            case 3 -> note("annotate", object, sender.annotate(object, objects.request(), objects.token()));
            case 4 -> spoilStatus(object);
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

    /** The status of one object, spoilt, becomes the status of the same one or of another. */
    private void spoilStatus(ObjectNode object) {
        var from = chance.oneIn(2) ? object : chance.pick(taken);
        var status = sender.find(from).map(GenericKubernetesResource::getAdditionalProperties);
        if (status.isPresent() && JSON.valueToTree(status.get()).path("status") instanceof ObjectNode written) {
            note("status", object, sender.changeStatus(object, statuses.spoilt(written)));
        }
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
