package dev.trestle.core.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.core.refresh.UpstreamView.Known;
import dev.trestle.core.refresh.UpstreamView.Unavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamImageTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ubuntu:24.04,                        docker.io/library/ubuntu:24.04",
        "ubuntu,                              docker.io/library/ubuntu:latest",
        "docker.io/ubuntu:24.04,              docker.io/library/ubuntu:24.04",
        "docker.io/library/ubuntu:24.04,      docker.io/library/ubuntu:24.04",
        "nvidia/cuda:12.8.1-base,             docker.io/nvidia/cuda:12.8.1-base",
        "quay.io/acme,                        quay.io/acme:latest",
        "quay.io/acme/a/b__c:v1,              quay.io/acme/a/b__c:v1",
        "registry:5000/a/b:tag,               registry:5000/a/b:tag",
        "registry:5000/a,                     registry:5000/a:latest",
        "localhost/a,                         localhost/a:latest",
        "127.0.0.1:5000/a:V1,                 127.0.0.1:5000/a:V1"
    })
    void isReadAsAfterFrom(String written, String whole) {
        assertThat(UpstreamImage.parse(written)).hasToString(whole);
        assertThat(UpstreamImage.parse(whole)).isEqualTo(UpstreamImage.parse(written));
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(strings = {"", "Ubuntu", "https://quay.io/a", "ubuntu:", "a//b", "/a", "a b", "${BASE}", "ubuntu:.v1"})
    void whatIsNoImageIsRefused(String written) {
        assertThatThrownBy(() -> UpstreamImage.parse(written))
                .hasMessage(
                        "'%s' is no image; write it as after FROM, in lower case, such as 'ubuntu:24.04' or 'quay.io/acme/base:v1'.",
                        written);
    }

    @Test
    void aDigestNeverMoves() {
        assertThatThrownBy(() -> UpstreamImage.parse("ubuntu@sha256:" + "a1".repeat(32)))
                .hasMessageContaining("names a digest, which never moves; name a tag, such as 'ubuntu:24.04'");
    }

    @Test
    void whatCannotBeReadIsUnavailableAndNotFollowed() {
        Upstreams all = image -> new Known(image.tag());

        assertThat(all.viewOf("ubuntu:24.04")).isEqualTo(new Known("24.04"));
        assertThat(all.viewOf("Ubuntu"))
                .isInstanceOfSatisfying(
                        Unavailable.class, view -> assertThat(view.message()).startsWith("'Ubuntu' is no image"));
    }
}
