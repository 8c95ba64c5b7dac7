package dev.trestle.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The test class stops, replaces or measures something that every user of the cluster needs (the operator, the node, the registry): no
 * other class that uses the cluster runs meanwhile.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ResourceLock(value = "cluster", mode = ResourceAccessMode.READ_WRITE)
public @interface OwnsCluster {}
