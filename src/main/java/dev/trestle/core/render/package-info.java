/** The objects that the operator creates, each as a function of its inputs. */
@NullMarked
package dev.trestle.core.render;

import org.jspecify.annotations.NullMarked;
