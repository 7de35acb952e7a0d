package io.github.retainless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.Attempt;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeclarationsTests {
    private static final String CLASS = Tasks.class.getName();

    @Test
    void taskLikeNoOther_isNamedByClassAndMethod() throws NoSuchMethodException {
        assertThat(name("refund", "[engine:junit-jupiter]/[class:Tasks]/[method:refund()]"))
                .isEqualTo(CLASS + ".refund");
    }

    @Test
    void overloadedTask_isNamedByItsParametersToo() {
        assertThat(Stream.of(Tasks.class.getDeclaredMethods())
                        .filter(method -> method.getName().equals("charge"))
                        .map(method -> Declarations.distinctName(List.of(Tasks.class), method, "[method:charge()]")))
                .containsExactlyInAnyOrder(
                        CLASS + ".charge",
                        CLASS + ".charge-io.github.retainless.experiment.Attempt",
                        CLASS + ".charge-int[]-io.github.retainless.experiment.Attempt");
    }

    @Test
    void taskOfTemplates_isNamedByTheirInvocationsToo() throws NoSuchMethodException {
        assertThat(name(
                        "refund",
                        "[engine:junit-jupiter]/[class-template:Outer]/[class-template-invocation:#2]"
                                + "/[nested-class-template:Tasks]/[class-template-invocation:#13]/[method:refund()]"))
                .isEqualTo(CLASS + ".refund-2-13");
    }

    private static String name(String task, String uniqueId) throws NoSuchMethodException {
        Method method = Tasks.class.getDeclaredMethod(task);
        return Declarations.distinctName(List.of(Tasks.class), method, uniqueId);
    }

    abstract static class Tasks {
        @AsyncTask
        void charge() {}

        @AsyncTask
        void charge(Attempt attempt) {}

        @AsyncTask
        void charge(int[] amounts, Attempt attempt) {}

        @AsyncTask
        void refund() {}

        void refund(Attempt noTask) {}
    }
}
