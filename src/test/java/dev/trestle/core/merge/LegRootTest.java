package dev.trestle.core.merge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LegRootTest {
    private static final TinyImage IMAGE = TinyImage.of("linux/amd64").attested("p");

    @Test
    void anAttestationWithoutItsAnnotationsIsLeftOut() {
        var stripped = IMAGE.attestationEntry().replaceAll(",\"annotations\":\\{[^}]*}", "");

        var root = LegRoot.of(TinyImage.index(IMAGE.imageEntry(), stripped));

        assertThat(root.images()).containsExactly(IMAGE.manifest().digest());
        assertThat(root.attestations()).isEmpty();
        assertThat(root.leftOut()).containsExactly(IMAGE.attestation().digest());
    }

    @Test
    void anAttestationWithItsAnnotationsIsKept() {
        var root = LegRoot.of(IMAGE.root());

        assertThat(root.attestations()).containsExactly(IMAGE.attestation().digest());
        assertThat(root.leftOut()).isEmpty();
    }
}
