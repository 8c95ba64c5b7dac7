package dev.trestle.core.dockerfile;

/** Reads Dockerfiles as BuildKit does. */
public interface DockerfileReader {
    /**
     * May take some hundred milliseconds: never called by a thread that reconciles or answers probes.
     *
     * @return the same for equal requests, whatever else the machine does
     * @throws RuntimeException when the reader itself does not work; the request is not to blame
     */
    DockerfileReads read(DockerfileRequest request);
}
