/** Three thin reconcilers: gather, decide, apply, write the status. They hold no rule about builds. */
@NullMarked
package dev.trestle.controller;

import org.jspecify.annotations.NullMarked;
