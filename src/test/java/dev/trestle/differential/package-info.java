/** The real BuildKit judges which files an image is made of: random trees and Dockerfiles, built and compared with our inputs. */
@NullMarked
package dev.trestle.differential;

import org.jspecify.annotations.NullMarked;
