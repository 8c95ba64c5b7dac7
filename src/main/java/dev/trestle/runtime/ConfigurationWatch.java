package dev.trestle.runtime;

import dev.trestle.core.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration as the file has it now. The file is read again every few seconds, since a mounted ConfigMap changes by a swapped
 * link, which file watches miss. A wrong file is refused and the old configuration kept.
 */
public final class ConfigurationWatch implements Supplier<Configuration> {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationWatch.class);

    private final Path file;
    private volatile String text;
    private volatile Configuration configuration;

    /**
     * Reads the file for the first time.
     *
     * @throws IOException when it cannot be read
     * @throws ConfigurationFile.Invalid when it is wrong: an operator does not start on a configuration that it does not understand
     */
    public ConfigurationWatch(Path file) throws IOException, ConfigurationFile.Invalid {
        this.file = file;
        this.text = Files.readString(file);
        this.configuration = ConfigurationFile.parse(text);
    }

    @Override
    public Configuration get() {
        return configuration;
    }

    /** Reads the file every {@code period} and calls {@code onChange} after each change that was taken over. */
    public void every(Duration period, ScheduledExecutorService executor, Runnable onChange) {
        var _ = executor.scheduleWithFixedDelay(
                () -> reread(onChange), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Reads the file again. It throws nothing: an executor never again runs a task that has thrown. */
    void reread(Runnable onChange) {
        try {
            if (takeOver()) {
                LOG.atInfo().addKeyValue("file", file).log("Configuration changed");
                onChange.run();
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("file", file).setCause(e).log("Configuration not readable; the old one stays");
        } catch (ConfigurationFile.Invalid e) {
            LOG.atError()
                    .addKeyValue("file", file)
                    .addKeyValue("error", e.getMessage())
                    .log("Configuration refused; the old one stays");
        } catch (RuntimeException | Error e) {
            LOG.atError().addKeyValue("file", file).setCause(e).log("Configuration not taken over everywhere");
        }
    }

    /** @return whether the file has changed, to a configuration that is right */
    private boolean takeOver() throws IOException, ConfigurationFile.Invalid {
        var now = Files.readString(file);
        if (now.equals(text)) {
            return false;
        }
        text = now;
        configuration = ConfigurationFile.parse(now);
        return true;
    }
}
