package dev.trestle.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** When a base is rebuilt although nothing it is made of has moved. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Schedule(
        @Required
        @Pattern(Schema.CRON)
        @Size(min = 1, max = 128)
        @JsonPropertyDescription("Minute, hour, day of month, month, day of week: '0 5 * * 6' is Saturdays at five.")
        String cron,

        @Nullable
        @Pattern(Schema.TIME_ZONE)
        @Size(min = 1, max = 64)
        @JsonPropertyDescription("An IANA time zone, such as 'Europe/Berlin'. Default: 'Etc/UTC'.")
        String timeZone) {

    @JsonIgnore
    public String effectiveTimeZone() {
        return timeZone == null ? "Etc/UTC" : timeZone;
    }
}
