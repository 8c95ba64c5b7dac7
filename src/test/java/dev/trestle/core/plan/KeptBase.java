package dev.trestle.core.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.api.BackendBuild;
import dev.trestle.api.BaseImage;
import dev.trestle.core.Labels;
import dev.trestle.core.refresh.InvalidSchedule;
import dev.trestle.core.refresh.ScheduleView;
import dev.trestle.core.status.BaseStatus;
import dev.trestle.schedule.CronSchedule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A base and its build under the real decisions, pass by pass: {@code aBase().scheduled("0 5 * * 6", null)}, then {@code at(time)}. */
final class KeptBase {
    private BaseImage base = Serialization.unmarshal("""
            apiVersion: trestle.dev/v1alpha1
            kind: BaseImage
            metadata: {name: go, namespace: shop, uid: "1", generation: 1, creationTimestamp: "2026-10-20T10:00:00Z"}
            spec:
              source: {git: {url: "https://git.example/shop.git", ref: refs/heads/main}}
              platforms: [linux/amd64]
              image: {repositories: [registry.example/bases], tags: [go]}
            """, BaseImage.class);
    private Optional<BackendBuild> build = Optional.empty();

    static KeptBase aBase() {
        return new KeptBase();
    }

    KeptBase scheduled(String cron, @Nullable String timeZone) {
        return edited("schedule", timeZone == null ? Map.of("cron", cron) : Map.of("cron", cron, "timeZone", timeZone));
    }

    KeptBase unscheduled() {
        return edited("schedule", null);
    }

    KeptBase annotated(@Nullable String request) {
        base.getMetadata().setAnnotations(request == null ? Map.of() : Map.of(Labels.REBUILD, request));
        return this;
    }

    /** As a version before has left it: it did not keep which schedule it had seen. */
    KeptBase byAnOlderVersion() {
        var object = asTree();
        if (object.get("status") instanceof ObjectNode status) {
            status.remove(List.of("schedule", "scheduledAt"));
        }
        base = Serialization.unmarshal(Serialization.asYaml(object), BaseImage.class);
        return this;
    }

    /** One pass of the operator. */
    KeptBase at(String time) {
        var snapshot = new BaseSnapshot(base, build, List.of(), List.of(), schedule(), Map.of(), Instant.parse(time));
        var decision = BasePlan.decide(snapshot);
        decision.apply().ifPresent(wanted -> build = Optional.of(wanted));
        base.setStatus(BaseStatus.of(snapshot, decision));
        return this;
    }

    /** What its build is asked for beside its recipe. */
    String token() {
        return build.map(BackendBuild::getSpec)
                .map(spec -> spec.refresh() == null ? null : spec.refresh().token())
                .orElse("");
    }

    Optional<BackendBuild> build() {
        return build;
    }

    private ScheduleView schedule() {
        var schedule = base.getSpec().schedule();
        try {
            return schedule == null
                    ? new ScheduleView.None()
                    : new ScheduleView.Valid(CronSchedule.parse(schedule.cron(), schedule.effectiveTimeZone()));
        } catch (InvalidSchedule e) {
            return new ScheduleView.Invalid(String.valueOf(e.getMessage()));
        }
    }

    private ObjectNode asTree() {
        return Serialization.unmarshal(Serialization.asYaml(base), ObjectNode.class);
    }

    private KeptBase edited(String key, @Nullable Object value) {
        var object = asTree();
        object.withObject("/spec").putPOJO(key, value);
        base = Serialization.unmarshal(Serialization.asYaml(object), BaseImage.class);
        base.getMetadata().setGeneration(base.getMetadata().getGeneration() + 1);
        return this;
    }
}
