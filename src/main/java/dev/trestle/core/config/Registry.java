package dev.trestle.core.config;

import java.util.List;

/**
 * A registry as BuildKit and the merge reach it.
 *
 * @param host host and port as it stands in image names
 * @param plainHttp whether it is reached without TLS
 * @param mirrors hosts that are asked first when images are pulled from it
 */
public record Registry(String host, boolean plainHttp, List<String> mirrors) {

    public Registry {
        mirrors = List.copyOf(mirrors);
    }
}
