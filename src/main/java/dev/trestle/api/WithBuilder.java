package dev.trestle.api;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record of this mark has a generated builder, {@code XBuilder.builder()} for one that starts empty and {@code XBuilder.builder(x)} for
 * one that starts as a copy. A component that is not set is null, an empty list or an empty {@code Optional}, as its type says.
 */
@RecordBuilder.Template(
        options =
                @RecordBuilder.Options(
                        enableWither = false,
                        enableGetters = false,
                        addStaticBuilder = false,
                        inheritComponentAnnotations = false,
                        emptyDefaultForOptional = true,
                        useImmutableCollections = true,
                        addClassRetainedGenerated = true))
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface WithBuilder {}
