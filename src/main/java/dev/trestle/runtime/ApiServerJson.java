package dev.trestle.runtime;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** How objects are sent to the API server and read from it. */
public final class ApiServerJson {

    private ApiServerJson() {}

    /** For clients that send and read objects that others have written: see {@link YamlSafeJson} and {@link LostStatus}. */
    public static KubernetesSerialization serialization() {
        var mapper = new ObjectMapper();
        mapper.getFactory().setCharacterEscapes(new YamlSafeJson());
        mapper.enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE);
        mapper.registerModule(new SimpleModule().setDeserializerModifier(new LostStatus()));
        return new KubernetesSerialization(mapper, true);
    }
}
