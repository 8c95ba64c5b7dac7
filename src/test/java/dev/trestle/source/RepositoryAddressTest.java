package dev.trestle.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryAddressTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "https://github.com/acme/app.git, github.com/acme/app",
        "https://github.com/acme/app, github.com/acme/app",
        "https://github.com/acme/app/, github.com/acme/app",
        "https://github.com/Acme/App.git, github.com/acme/app",
        "http://git.example:3000/acme/app.git, git.example/acme/app",
        "https://bot@git.example/acme/app.git, git.example/acme/app",
        "git://github.com/acme/app.git, github.com/acme/app",
        "git@github.com:acme/app.git, github.com/acme/app",
        "git@github.com:42/app.git, github.com/42/app",
        "github.com:acme/app, github.com/acme/app",
        "ssh://git@git.example:2222/acme/app.git, git.example/acme/app",
        "git+ssh://git@git.example/acme/app.git, git.example/acme/app",
        "https://gitlab.com/group/sub/group/app.git, gitlab.com/group/sub/group/app",
        "https://[2001:db8::1]:3000/app.git, [2001:db8::1]/app",
        "https://github.com/acme/app.git?x=1, github.com/acme/app",
        "https://api.github.com/repos/acme/app, api.github.com/repos/acme/app",
    })
    void oneRepositoryHasOneAddress(String url, String address) {
        assertThat(RepositoryAddress.of(url)).hasValue(new RepositoryAddress(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "app",
                "/srv/git/app.git",
                "https://",
                "https://github.com",
                "https://github.com/",
                "a b"
            })
    void whatIsNoRepositorysUrlHasNone(String url) {
        assertThat(RepositoryAddress.of(url)).isEmpty();
    }
}
