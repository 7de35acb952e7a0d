package io.github.retainless.internal.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.RetainedPart;
import java.lang.ref.Reference;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the names that the reader of a dump looks for against the classes. */
class DumpProtocolTests {
    @ParameterizedTest
    @CsvSource({
        DumpProtocol.TRACKED + "," + DumpProtocol.TRACKED_WATCH + ",int",
        DumpProtocol.TRACKED + "," + DumpProtocol.TRACKED_ATTEMPT + ",int",
        DumpProtocol.TRACKED + "," + DumpProtocol.TRACKED_PART + ",int",
        DumpProtocol.ANCHOR + "," + DumpProtocol.ANCHOR_WATCH + ",int",
        DumpProtocol.ANCHOR + "," + DumpProtocol.ANCHOR_LABEL + ",int",
        DumpProtocol.ANCHOR + "," + DumpProtocol.ANCHOR_OBJECT + ",java.lang.Object",
        DumpProtocol.REFERENCE + "," + DumpProtocol.REFERENT + ",java.lang.Object"
    })
    void field_isThere(String className, String field, String type) throws ClassNotFoundException {
        assertThat(Class.forName(className).getDeclaredFields())
                .filteredOn(declared -> !Modifier.isStatic(declared.getModifiers()))
                .anySatisfy(declared -> {
                    assertThat(declared.getName()).isEqualTo(field);
                    assertThat(declared.getType().getName()).isEqualTo(type);
                });
    }

    @Test
    void tracked_isAReference() throws ClassNotFoundException {
        assertThat(Class.forName(DumpProtocol.TRACKED)).isAssignableTo(Reference.class);
    }

    @Test
    void parts_areExceptionsOrNot() {
        assertThat(Arrays.stream(RetainedPart.values()).filter(part -> DumpProtocol.isException(part.ordinal())))
                .containsExactly(RetainedPart.FAILURE, RetainedPart.SUPPRESSED, RetainedPart.CAUSE);
        assertThat(Arrays.stream(RetainedPart.values()).filter(part -> DumpProtocol.isCarried(part.ordinal())))
                .containsExactly(RetainedPart.CARRIED);
    }
}
