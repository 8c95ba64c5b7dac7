package dev.trestle.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ConfigurationWatchTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(ConfigurationWatch.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final AtomicInteger told = new AtomicInteger();

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
        logger.setAdditive(true);
    }

    @Test
    void aRightFileIsTakenOverAndToldOnce() throws Exception {
        var watch = watching(retries(1));
        write(retries(2));
        reread(watch);
        reread(watch);

        assertThat(watch.get().retries()).isEqualTo(2);
        assertThat(told).hasValue(1);
    }

    @Test
    void whoIsToldSeesTheNewConfiguration() throws Exception {
        var watch = watching(retries(1));
        write(retries(2));
        var seen = new AtomicInteger();
        watch.reread(() -> seen.set(watch.get().retries()));

        assertThat(seen).hasValue(2);
    }

    @Test
    void anUnchangedFileTellsNobody() throws Exception {
        var watch = watching(retries(1));
        write(retries(1));
        reread(watch);

        assertThat(told).hasValue(0);
        assertThat(log.list).isEmpty();
    }

    @Test
    void aWrongFileIsRefusedAndTheOldConfigurationStays() throws Exception {
        var watch = watching(retries(1));
        write(retries(99));
        reread(watch);

        assertThat(watch.get().retries()).isEqualTo(1);
        assertThat(told).hasValue(0);
    }

    @Test
    void aWrongFileIsReportedOnceWithItsFault() throws Exception {
        var watch = watching(retries(1));
        write(retries(99));
        reread(watch);
        reread(watch);

        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getMessage()).isEqualTo("Configuration refused; the old one stays");
            assertThat(event.getKeyValuePairs())
                    .anySatisfy(pair -> assertThat(pair.value).isEqualTo("'retries' is 99; it must be from 0 to 10."));
        });
    }

    @Test
    void aWrongFileThatIsMendedIsTakenOver() throws Exception {
        var watch = watching(retries(1));
        write(retries(99));
        reread(watch);
        write(retries(2));
        reread(watch);

        assertThat(watch.get().retries()).isEqualTo(2);
        assertThat(told).hasValue(1);
    }

    /** A mounted ConfigMap is gone for a moment while it is swapped. */
    @Test
    void aFileThatIsGoneChangesNothing() throws Exception {
        var watch = watching(retries(1));
        Files.delete(file());
        reread(watch);

        assertThat(watch.get().retries()).isEqualTo(1);
        assertThat(told).hasValue(0);
        assertThat(log.list)
                .extracting(ILoggingEvent::getMessage)
                .containsExactly("Configuration not readable; the old one stays");
    }

    /** The kubelet swaps a link, so the file itself is never written to. */
    @Test
    void aSwappedLinkIsAChange() throws Exception {
        var one = Files.writeString(folder.resolve("one"), retries(1));
        var two = Files.writeString(folder.resolve("two"), retries(2));
        Files.createSymbolicLink(file(), one);
        var watch = new ConfigurationWatch(file());
        Files.delete(file());
        Files.createSymbolicLink(file(), two);
        reread(watch);

        assertThat(watch.get().retries()).isEqualTo(2);
    }

    @Test
    void anOperatorDoesNotStartOnAWrongFile() {
        assertThatThrownBy(() -> watching(retries(99))).isInstanceOf(ConfigurationFile.Invalid.class);
    }

    @Test
    void norWithoutAFile() {
        assertThatThrownBy(() -> new ConfigurationWatch(file())).isInstanceOf(NoSuchFileException.class);
    }

    private ConfigurationWatch watching(String yaml) throws Exception {
        write(yaml);
        return new ConfigurationWatch(file());
    }

    private void reread(ConfigurationWatch watch) {
        watch.reread(told::incrementAndGet);
    }

    private void write(String yaml) throws IOException {
        Files.writeString(file(), yaml);
    }

    private Path file() {
        return folder.resolve("config.yaml");
    }

    private static String retries(int retries) {
        return """
                builderImage: ghcr.io/acme/builder:1
                mergeImage: ghcr.io/acme/operator:1
                pools: [{name: amd64, platforms: [linux/amd64]}]
                retries: %d
                """.formatted(retries);
    }
}
