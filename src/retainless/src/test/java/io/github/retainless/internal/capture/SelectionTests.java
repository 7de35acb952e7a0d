package io.github.retainless.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTests {
    @Test
    void class_matchesItAndItsSubclasses() {
        Selection selection = Selection.of(List.of(IOException.class, TimeoutException.class), List.of());

        assertThat(selection.matches(IOException.class)).isTrue();
        assertThat(selection.matches(FileNotFoundException.class)).isTrue();
        assertThat(selection.matches(TimeoutException.class)).isTrue();
        assertThat(selection.matches(Exception.class)).isFalse();
    }

    @Test
    void package_matchesItsClassesAndThoseBelow_notOnesThatStartLikeIt() {
        Selection selection = Selection.of(List.of(), List.of("java.uti", "java.net"));

        assertThat(selection.matches(SocketTimeoutException.class)).isTrue();
        assertThat(selection.matches(TimeoutException.class)).isFalse();
        assertThat(Selection.of(List.of(), List.of("java")).matches(TimeoutException.class))
                .isTrue();
    }

    @Test
    void packageOfTheSuperclass_doesNotMatch() {
        assertThat(Selection.of(List.of(), List.of("java.io")).matches(SocketTimeoutException.class))
                .isFalse();
    }

    @Test
    void nameOfOneClass_matchesJustIt() {
        Selection selection = Selection.of(List.of(), List.of("java.io.IOException"));

        assertThat(selection.matches(IOException.class)).isTrue();
        assertThat(selection.matches(FileNotFoundException.class)).isFalse();
    }

    @Test
    void listsChangedAfterwards_selectionStays() {
        List<String> packages = new ArrayList<>(List.of("java.io"));
        Selection selection = Selection.of(List.of(), packages);

        packages.set(0, "java.net");

        assertThat(selection.matches(IOException.class)).isTrue();
    }

    @Test
    void nothing_isRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Selection.of(List.of(), List.of()))
                .withMessage("nothing is selected: name at least one class or package of throwables");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "com.acme.", ".com", "com..acme", "com.acme.*", "com acme", "com.1st", "com/acme"})
    void noPackageName_isRejectedWithWhatIsAllowed(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Selection.of(List.of(), List.of(name)))
                .withMessage("\"" + name
                        + "\" is not the name of a Java package: write it like \"com.acme\", without blanks,"
                        + " wildcards or a dot at the end; packages below it are included");
    }
}
