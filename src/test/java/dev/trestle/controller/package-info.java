@NullMarked
package dev.trestle.controller;

import org.jspecify.annotations.NullMarked;
