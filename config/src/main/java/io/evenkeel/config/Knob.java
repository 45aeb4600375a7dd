package io.evenkeel.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a record component allows in YAML. The loader, the JSON Schema and the list of knobs are all made from it.
 * Values are written as in YAML.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Knob {

    /** The value of a key that is left out; none given: the key is required, unless its type is optional. */
    String[] byDefault() default {};

    /** The least value; for a {@link HostPort} the least port. */
    String min() default "0";

    /** The greatest value; empty: what the type can hold. */
    String max() default "";

    /** The least number of elements of a list. */
    int atLeast() default 0;

    /** What a text has to look like. */
    TextFormat format() default TextFormat.TEXT;

    /** How often an operator needs it. */
    Need need() default Need.RARE;

    /** How often an operator needs a knob. */
    enum Need {
        ESSENTIAL,
        FREQUENT,
        RARE
    }
}
