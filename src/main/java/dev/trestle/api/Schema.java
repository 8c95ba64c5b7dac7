package dev.trestle.api;

/** Patterns and rules that several kinds share; each is what the API server checks at {@code kubectl apply}. */
final class Schema {
    private static final String PLATFORMS =
            "['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/386', 'linux/ppc64le', 'linux/riscv64', 'linux/s390x']";

    static final String PLATFORM_RULE = "self in " + PLATFORMS;
    static final String PLATFORMS_RULE = "self.all(platform, platform in " + PLATFORMS + ")";
    static final String PLATFORM_MESSAGE =
            "must be one of 'linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/386', 'linux/ppc64le', 'linux/riscv64', 'linux/s390x'";
    /** A repository without tag or digest, host first, as containers' reference grammar has it. */
    static final String REPOSITORY = "^[a-zA-Z0-9][a-zA-Z0-9.-]*(:[0-9]{1,5})?(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)+$";
    /** OCI distribution spec 1.1: a tag is at most 128 characters. */
    static final String TAG = "^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$";

    static final String DIGEST = "^sha256:[0-9a-f]{64}$";
    static final String IMAGE_BY_DIGEST =
            "^[a-zA-Z0-9][a-zA-Z0-9.-]*(:[0-9]{1,5})?(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)+@sha256:[0-9a-f]{64}$";
    /** A DNS label, as the names of most Kubernetes objects. */
    static final String NAME = "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$";
    /** What a Dockerfile accepts as the name of an ARG. */
    static final String ARG = "^[A-Za-z_][A-Za-z0-9_]*$";

    static final String PATH_RULE = "!self.startsWith('/') && !self.split('/').exists(part, part == '..')";
    static final String PATH_MESSAGE = "must be a path inside the repository: relative, without '..'";
    static final String PATH_CHARACTERS = "^[A-Za-z0-9._@+/-]+$";

    private Schema() {}
}
