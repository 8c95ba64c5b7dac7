package dev.trestle.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClusterSharingTest {

    @Test
    void endToEndTestsSayHowTheyShareTheCluster() {
        classes()
                .that()
                .haveSimpleNameEndingWith("E2E")
                .should()
                .beAnnotatedWith(SharesCluster.class)
                .orShould()
                .beAnnotatedWith(OwnsCluster.class)
                .check(new ClassFileImporter().importPath(Path.of("target", "test-classes")));
    }
}
