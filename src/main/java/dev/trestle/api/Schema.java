package dev.trestle.api;

import java.util.Map;

/**
 * Patterns and rules that several kinds share; the API server checks each at {@code kubectl apply}. Patterns keep to what RE2 and
 * Java read alike, and have no single quote: they become CEL rules, so that people read {@link #MESSAGES} and not an expression.
 */
public final class Schema {
    /** The platforms that a leg can have. */
    public static final String PLATFORM = "^linux/(amd64|arm64|arm/v7|386|ppc64le|riscv64|s390x)$";

    /** The platforms that an image can have: those of other systems are built elsewhere. */
    public static final String IMAGE_PLATFORM =
            "^(linux/(amd64|arm64|arm/v7|386|ppc64le|riscv64|s390x)|darwin/(amd64|arm64)|windows/(amd64|arm64))$";

    static final String LINUX_RULE = "self.platform.startsWith('linux/') || (has(self.external) && self.external)";
    static final String LINUX_MESSAGE =
            "only 'linux/…' is built in a cluster: set 'external: true' for a leg of another system that is built elsewhere";
    static final String EXTERNAL_RULE =
            "!has(self.external) || !self.external || (!has(self.pool) && !has(self.buildPlatform))";
    static final String EXTERNAL_MESSAGE =
            "a leg with 'external: true' is built elsewhere: take out 'pool' and 'buildPlatform'";

    /** A registry, with its port if it has one. */
    public static final String HOST =
            "([a-z0-9][a-z0-9-]*([.][a-z0-9][a-z0-9-]*)+(:[0-9]{1,5})?|[a-z0-9][a-z0-9-]*:[0-9]{1,5}|localhost)";

    private static final String REPOSITORY_PATH = "(/[a-z0-9]+(([.]|_|__|-+)[a-z0-9]+)*)+";

    /** A repository without tag or digest. The registry is always named: 'acme/app' means another place to each tool. */
    public static final String REPOSITORY = "^" + HOST + REPOSITORY_PATH + "$";

    public static final String IMAGE_BY_DIGEST = "^" + HOST + REPOSITORY_PATH + "@sha256:[0-9a-f]{64}$";
    private static final String WORD = "[a-z0-9]+(([.]|_|__|-+)[a-z0-9]+)*";
    /** An image as it stands after {@code FROM}: without a registry it is Docker Hub's, without a tag it is {@code latest}. */
    public static final String UPSTREAM =
            "^(" + HOST + "/)?" + WORD + "(/" + WORD + ")*(:[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127})?$";
    /** OCI distribution spec 1.1: a tag is at most 128 characters. */
    public static final String TAG = "^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$";

    private static final String VARIABLE = "[$][{](branch|shortRevision|gitTag|week|timestamp)[}]";
    /** A tag whose variables are known when the image is merged. */
    public static final String TAG_TEMPLATE =
            "^([a-zA-Z0-9_]|" + VARIABLE + ")([a-zA-Z0-9._-]|" + VARIABLE + "){0,127}$";

    static final String REFRESH_ARG_RULE =
            "!has(self.refresh) || !has(self.refresh.arg) || ((!has(self.base) || self.base.arg != self.refresh.arg)"
                    + " && (!has(self.buildArgs) || !self.buildArgs.exists(given, given.name == self.refresh.arg)))";
    static final String REFRESH_ARG_MESSAGE =
            "must be an argument that neither 'buildArgs' nor 'base.arg' sets: it receives the period";

    static final String BRANCH_RULE =
            "has(self.source.git.ref) || !self.image.tags.exists(tag, tag.contains('${branch}'))";
    static final String BRANCH_MESSAGE = "'${branch}' is known only when 'source.git.ref' is set";

    static final String TAG_REF_RULE =
            "(has(self.source.git.ref) && self.source.git.ref.contains('*')) || !self.image.tags.exists(tag, tag.contains('${gitTag}'))";
    static final String TAG_REF_MESSAGE =
            "'${gitTag}' is known only when 'source.git.ref' is a pattern of tags, such as 'refs/tags/v*'";

    private static final String IS_UNTRUSTED = "(has(self.trust) && self.trust == 'Untrusted')";
    static final String TRUST_RULE = IS_UNTRUSTED + " || !has(oldSelf.trust) || oldSelf.trust != 'Untrusted'";
    static final String TRUST_MESSAGE =
            "trust can only be lowered: what was built as 'Untrusted' stays so. Create another object for what is trusted";
    static final String PULL_REQUEST_RULE = IS_UNTRUSTED + " == has(self.pullRequest)";
    static final String PULL_REQUEST_MESSAGE =
            "must be set if and only if 'trust' is 'Untrusted': the tags of an untrusted build end in '-pr<pullRequest>'";
    static final String NO_SECRET_RULE = "!" + IS_UNTRUSTED + " || !has(self.image.pushSecret)";
    static final String NO_SECRET_MESSAGE =
            "an untrusted build mounts no Secret: take it out, and push to a registry that takes this without one";
    static final String NO_GIT_SECRET_RULE = "!" + IS_UNTRUSTED + " || !has(self.source.git.secret)";
    static final String NO_GIT_SECRET_MESSAGE =
            "an untrusted build mounts no Secret: take it out, and build from a repository that everybody may read";
    static final String NO_CLAIM_SECRET_RULE =
            "!" + IS_UNTRUSTED + " || !has(self.base) || !has(self.base.claim) || !has(self.base.claim.pushSecret)";
    static final String NO_CLAIM_SECRET_MESSAGE =
            "the base of an untrusted build mounts no Secret either: take it out, and push to a registry that takes this without one";
    static final String NO_CACHE_WRITE_RULE =
            "!" + IS_UNTRUSTED + " || !has(self.cache) || !has(self.cache.write) || !self.cache.write";
    static final String NO_CACHE_WRITE_MESSAGE =
            "an untrusted build writes no cache: take 'write' out, or set it to false";
    static final String SUFFIX_ROOM_RULE = "!" + IS_UNTRUSTED + " || self.image.tags.all(tag, tag.size() <= 114)";
    static final String SUFFIX_ROOM_MESSAGE =
            "must be at most 114 characters, so that '-pr<pullRequest>' fits behind it";

    private static final String GLOB_PART = "[.]{0,2}[A-Za-z0-9_@+*?-][A-Za-z0-9._@+*?-]*";
    /** A path with wildcards that stays inside the repository, or with {@code !} before it. */
    public static final String GLOB = "^!?" + GLOB_PART + "(/" + GLOB_PART + ")*/?$";

    public static final String DIGEST = "^sha256:[0-9a-f]{64}$";
    /** A DNS label: the form of the three kinds' and of pools' names. */
    public static final String LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
    /** A DNS subdomain, as the name of a Secret. */
    public static final String SUBDOMAIN = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
    /** The form of an ARG's name in a Dockerfile. */
    public static final String ARG = "^[A-Za-z_][A-Za-z0-9_]*$";
    /** One line: arguments are shown, hashed and passed on line by line. */
    public static final String ONE_LINE = "^[^\\x00-\\x1f\\x7f]*$";

    /** Five fields of numbers, names, '*', lists, ranges and steps; the operator checks their meaning. */
    public static final String CRON = "^(@(daily|weekly|monthly)|[0-9A-Za-z*,/-]+( +[0-9A-Za-z*,/-]+){4})$";

    public static final String TIME_ZONE = "^[A-Za-z][A-Za-z0-9+_-]*(/[A-Za-z0-9+_-]+)*$";

    public static final String STAGE = "^[A-Za-z0-9][A-Za-z0-9._-]*$";
    public static final String COMMIT = "^[0-9a-f]{40}$";
    /** No user information, query or fragment: credentials would end in provenance, a fragment selects another commit or folder. */
    public static final String GIT_URL =
            "^https?://([a-z0-9A-Z][a-zA-Z0-9.-]*|[[][0-9a-fA-F:]+[]])(:[0-9]{1,5})?(/[a-zA-Z0-9._~+-]+)+[.]git$";

    /** The API server's answer to a value that is none of these; every pattern of a spec has its message. */
    public static final Map<String, String> MESSAGES = Map.ofEntries(
            Map.entry(
                    PLATFORM,
                    "must be one of 'linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/386', 'linux/ppc64le', 'linux/riscv64', 'linux/s390x'"),
            Map.entry(
                    IMAGE_PLATFORM,
                    "must be one of 'linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/386', 'linux/ppc64le', 'linux/riscv64', 'linux/s390x', 'darwin/amd64', 'darwin/arm64', 'windows/amd64', 'windows/arm64'"),
            Map.entry(
                    GLOB,
                    "must be a path or a glob of letters, digits and '._@+-/*?', relative and without '..', '!' before it to take files out, such as 'backend/go/**'"),
            Map.entry(
                    REPOSITORY,
                    "must be a repository in lower case that starts with its registry, such as 'quay.io/acme/app', without scheme, tag or digest"),
            Map.entry(
                    IMAGE_BY_DIGEST,
                    "must be an image by digest that starts with its registry, such as 'quay.io/acme/app@sha256:<64 hexadecimal digits>'"),
            Map.entry(
                    UPSTREAM,
                    "must be an image as it stands after FROM, by tag and in lower case, such as 'ubuntu:24.04'"),
            Map.entry(CRON, "must be a schedule of five fields, such as '0 5 * * 6'"),
            Map.entry(TIME_ZONE, "must be an IANA time zone, such as 'Europe/Berlin'"),
            Map.entry(
                    TAG,
                    "must be a tag: letters, digits, '_', '.' and '-', the first a letter, a digit or '_', at most 128 characters"),
            Map.entry(
                    TAG_TEMPLATE,
                    "must be a tag: letters, digits, '_', '.' and '-', the first a letter, a digit or '_', at most 128 characters; with variables ${branch}, ${shortRevision}, ${gitTag}, ${week}, ${timestamp}"),
            Map.entry(
                    LABEL,
                    "must be a name of lower case letters, digits and '-', the first and the last a letter or a digit"),
            Map.entry(
                    SUBDOMAIN,
                    "must be a name of lower case letters, digits, '-' and '.', the first and the last a letter or a digit"),
            Map.entry(ARG, "must be the name of an ARG: letters, digits and '_', the first not a digit"),
            Map.entry(ONE_LINE, "must be one line, without control characters"),
            Map.entry(STAGE, "must be a stage: letters, digits, '.', '_' and '-', the first a letter or a digit"),
            Map.entry(COMMIT, "must be a full commit: 40 hexadecimal digits in lower case"),
            Map.entry(
                    GIT_URL,
                    "must be an http or https URL that ends in '.git', such as 'https://github.com/acme/app.git', without credentials, query or fragment"));

    static final String PATH_RULE =
            "self.matches('^[A-Za-z0-9._@+][A-Za-z0-9._@+/-]*$') && !self.split('/').exists(part, part == '..')";
    static final String PATH_MESSAGE =
            "must be a path inside the repository: relative, without '..', of letters, digits and '._@+-/', the first no '-'";
    static final String FILE_RULE = "self != '.' && !self.endsWith('/')";
    static final String FILE_MESSAGE = "must be a file, such as 'backend/Dockerfile', not a folder";

    static final String REF_RULE =
            "self.matches('^refs/(heads/[A-Za-z0-9_@][A-Za-z0-9._@/+-]*|tags/[A-Za-z0-9_@*][A-Za-z0-9._@/+-]*[*]?[A-Za-z0-9._@/+-]*)$') && self.indexOf('*') == self.lastIndexOf('*') && !self.contains('..') && !self.contains('//')"
                    + " && !self.endsWith('/') && !self.endsWith('.') && !self.endsWith('.lock')";
    static final String REF_MESSAGE =
            "must be a full ref such as 'refs/heads/main' or 'refs/tags/v1.2.0', or a pattern of tags with one '*', such as 'refs/tags/v*'";

    /** BuildKit gives these to every build; overridden, a leg would hold another platform than it says. */
    static final String ARG_RULE =
            "!(self in ['TARGETPLATFORM', 'TARGETOS', 'TARGETARCH', 'TARGETVARIANT', 'BUILDPLATFORM', 'BUILDOS', 'BUILDARCH', 'BUILDVARIANT'])";

    static final String ARG_MESSAGE =
            "must not be an argument that BuildKit sets from the leg's platform, such as 'TARGETARCH'";

    static final String BASE_ARG_RULE =
            "!has(self.base) || !has(self.buildArgs) || !self.buildArgs.exists(given, given.name == self.base.arg)";
    static final String BASE_ARG_MESSAGE =
            "must not set the argument that 'base.arg' names: it receives the base's digest";

    /** Longest texts of a status in characters; {@code core.Text} cuts outside text to them. */
    public static final int CONDITION_MESSAGE = 4096;

    public static final int LEG_MESSAGE = 1024;
    public static final int STEP = 512;
    public static final int LAST_LINE = 1024;
    public static final int LAST_LINES = 32;
    public static final int LEG_REASON = 1100;
    public static final int SHORT_REASON = 200;
    public static final int HOST_LENGTH = 253;
    public static final int INPUT_VALUE = 512;
    public static final int REBUILD_REQUEST = 256;
    public static final int GIT_TAG = 255;
    /** Of a repository whose object ids are SHA-256. */
    static final int REVISION = 64;

    /** The largest integer that every JSON reader keeps exactly: 2^53 - 1. */
    static final double MAX_INTEGER = 9_007_199_254_740_991D;

    private Schema() {}
}
