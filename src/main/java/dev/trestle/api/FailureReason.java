package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import dev.trestle.api.LegFailure.FailureClass;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a leg failed, in one word: whose fault that is, whether and how it is tried again, and whether its node is to blame. Stable API;
 * docs/reasons.md is generated from this enum, and {@code images/builder/failure-classes} finds some of these in BuildKit's output.
 */
public enum FailureReason {
    DockerfileError(
            FailureClass.User,
            Retry.Never,
            Blame.Nobody,
            "The Dockerfile cannot be understood, or it names a file or a stage that is not there."),
    StepFailed(FailureClass.User, Retry.Never, Blame.Nobody, "A step ended with an exit code of its own."),
    BaseNotFound(
            FailureClass.User, Retry.Never, Blame.Nobody, "An image that the Dockerfile builds FROM is not there."),
    AccessDenied(FailureClass.User, Retry.Never, Blame.Nobody, "A registry refuses what the build reads."),
    SourceDenied(
            FailureClass.User,
            Retry.Never,
            Blame.Nobody,
            "A git server refuses to be read: see 'spec.source.git.secret'."),
    PushDenied(
            FailureClass.User,
            Retry.Never,
            Blame.Nobody,
            "A registry refuses the push: see 'spec.image.pushSecret' and 'repositories'."),
    NotAllowed(
            FailureClass.User, Retry.Never, Blame.Nobody, "BuildKit refuses or does not know what the build asks for."),
    BuildFailed(FailureClass.User, Retry.Never, Blame.Nobody, "The build failed, and no more is known of it."),

    Evicted(
            FailureClass.Infrastructure,
            Retry.Free,
            Blame.Node,
            "The pod was evicted: its node ran short of something, or was drained."),
    NodeLost(FailureClass.Infrastructure, Retry.Free, Blame.Node, "The pod's node does not answer, or is gone."),
    NodeShutdown(FailureClass.Infrastructure, Retry.Free, Blame.Node, "The pod's node was shut down."),
    NodeRefused(
            FailureClass.Infrastructure,
            Retry.Free,
            Blame.Node,
            "The node's kubelet did not take the pod: no room, no device, or other labels than the scheduler knew."),
    Preempted(FailureClass.Infrastructure, Retry.Free, Blame.Nobody, "The pod made way for one of a higher priority."),
    ImagePull(
            FailureClass.Infrastructure,
            Retry.Free,
            Blame.Node,
            "The builder's image did not come before 'startDeadlineSeconds' of the pool."),
    StartTimeout(
            FailureClass.DeadlineExceeded,
            Retry.Free,
            Blame.Node,
            "The pod had a node and did not start before 'startDeadlineSeconds' of the pool."),
    RateLimited(
            FailureClass.Infrastructure,
            Retry.Free,
            Blame.Nobody,
            "A registry answers that it is asked too often (429)."),
    RegistryError(
            FailureClass.Infrastructure,
            Retry.Free,
            Blame.Nobody,
            "A registry does not answer, breaks off, or answers with an error of its own (5xx)."),
    BuilderCrashed(
            FailureClass.Infrastructure, Retry.Free, Blame.Node, "The BuildKit daemon ended, or never listened."),
    DiskFull(FailureClass.DiskFull, Retry.Free, Blame.Node, "The node's disk is full."),
    InodesExhausted(FailureClass.DiskFull, Retry.Free, Blame.Node, "The node's file system has no inodes left."),
    Interrupted(
            FailureClass.Cancelled,
            Retry.Free,
            Blame.Nobody,
            "The build was told to end, and nothing says by whom: neither the pod nor the build was deleted."),

    StepDiskFull(
            FailureClass.DiskFull,
            Retry.Charged,
            Blame.Node,
            "A step says that a disk is full: the node's, or one that it has made itself."),
    ScratchFull(
            FailureClass.DiskFull, Retry.Charged, Blame.Nobody, "The leg needs more disk than 'scratch' of its pool."),
    SourceUnavailable(
            FailureClass.Infrastructure,
            Retry.Charged,
            Blame.Nobody,
            "BuildKit could not read the commit from its git server."),
    Network(
            FailureClass.Infrastructure,
            Retry.Charged,
            Blame.Nobody,
            "A name was not resolved or a connection failed, in a step or elsewhere; the step may be to blame."),
    LayerUnavailable(
            FailureClass.Infrastructure,
            Retry.Charged,
            Blame.Nobody,
            "A registry has the manifest of an image that the build reads, but does not hand over one of its layers. A cache in this state is "
                    + "left out: the leg is built once more without it, in the same pod."),
    BuilderError(
            FailureClass.Infrastructure,
            Retry.Charged,
            Blame.Node,
            "BuildKit could not mount, lock or find something of its own."),
    @JsonEnumDefaultValue // also the reason that only a newer operator knows
    Unknown(FailureClass.Infrastructure, Retry.Charged, Blame.Nobody, "Nothing known fits."),

    ImageGone(
            FailureClass.Infrastructure,
            Retry.Never,
            Blame.Nobody,
            "The registry has lost the leg's image, and again after each rebuild."),
    OutOfMemory(
            FailureClass.OutOfMemory,
            Retry.Larger,
            Blame.Nobody,
            "A step or BuildKit itself needed more memory than the pool gives."),

    EmulationRefused(
            FailureClass.WrongPlatform,
            Retry.Never,
            Blame.Nobody,
            "A step ran a program of another architecture, and nothing is emulated."),
    WrongNode(
            FailureClass.WrongPlatform,
            Retry.Never,
            Blame.Nobody,
            "The node's kernel is of another architecture than the node's label says."),
    QueueTimeout(
            FailureClass.DeadlineExceeded,
            Retry.Never,
            Blame.Nobody,
            "No node took the pod before 'queueDeadlineSeconds' of the pool."),
    BuildTimeout(
            FailureClass.DeadlineExceeded,
            Retry.Never,
            Blame.Nobody,
            "The build took longer than 'buildDeadlineSeconds' of the pool."),
    Cancelled(FailureClass.Cancelled, Retry.Never, Blame.Nobody, "Somebody cancelled it by annotation.");

    /** Whether and how a leg is tried again that failed so. */
    public enum Retry {
        /** Not before an input changes or a user asks for it. */
        Never("no"),
        /** Counts against the configuration's {@code retries}. */
        Charged("`retries` times"),
        /** The cluster's or a registry's doing: counts against nothing but a high bound. */
        Free("not charged"),
        /** Once, with the pool's larger resources. */
        Larger("once, with `largerResources`");

        private final String words;

        Retry(String words) {
            this.words = words;
        }

        /** As the documentation says it. */
        public String words() {
            return words;
        }
    }

    private enum Blame {
        Node,
        Nobody
    }

    private final FailureClass failureClass;
    private final Retry retry;
    private final Blame blame;
    private final String meaning;

    FailureReason(FailureClass failureClass, Retry retry, Blame blame, String meaning) {
        this.failureClass = failureClass;
        this.retry = retry;
        this.blame = blame;
        this.meaning = meaning;
    }

    /** The reason of a failure that a builder or an operator without reasons has only given a class. */
    public static FailureReason ofClass(FailureClass failureClass) {
        return switch (failureClass) {
            case User -> BuildFailed;
            case Infrastructure -> Unknown;
            case OutOfMemory -> OutOfMemory;
            case DiskFull -> DiskFull;
            case WrongPlatform -> EmulationRefused;
            case Cancelled -> Interrupted;
            case DeadlineExceeded -> BuildTimeout;
        };
    }

    /** @return the reason of this name; {@code otherwise} when there is none, as of a newer builder */
    public static FailureReason of(@Nullable String name, FailureReason otherwise) {
        return Arrays.stream(values())
                .filter(reason -> reason.name().equals(name))
                .findFirst()
                .orElse(otherwise);
    }

    public FailureClass failureClass() {
        return failureClass;
    }

    public Retry retry() {
        return retry;
    }

    /** Whether the next attempt had better go to another node. */
    public boolean blamesNode() {
        return blame == Blame.Node;
    }

    /** One sentence for the documentation. */
    public String meaning() {
        return meaning;
    }
}
