package dev.trestle.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The test class uses the cluster's operator, API server or registry and touches objects of its own namespace only: it runs beside
 * others of its kind. Test classes without this annotation and without {@link OwnsCluster} use nothing that is shared.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ResourceLock(value = "cluster", mode = ResourceAccessMode.READ)
public @interface SharesCluster {}
