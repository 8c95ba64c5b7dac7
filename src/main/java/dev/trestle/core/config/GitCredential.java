package dev.trestle.core.config;

/**
 * Where the credentials for one git server are.
 *
 * @param host as in the repositories' URLs, with a port where it is not the scheme's own
 * @param folder of a mounted Secret of type {@code kubernetes.io/basic-auth}: the files {@code password}, and {@code username} where
 *     the server asks for a certain one
 * @param plainHttp whether they may be sent without TLS
 */
public record GitCredential(String host, String folder, boolean plainHttp) {}
