package io.github.retainless.experiment;

import java.io.Serializable;

/**
 * What a path looks like to an experienced eye.
 *
 * @param cause what likely happens, as a sentence without a full stop
 * @param remedy what to do about it, one or more sentences
 * @since 0.1.0
 */
public record LikelyCause(String cause, String remedy) implements Serializable {
    private static final long serialVersionUID = 1;
}
