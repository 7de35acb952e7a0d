package io.github.retainless;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Checks what is annotated with {@link NoExceptionRetention}. Apart from the {@link RetentionExtension}, which JUnit
 * would otherwise register with the class, before and hence around the interceptors of others: they would not be
 * called.
 */
final class DeclarationChecks implements BeforeEachCallback, AfterAllCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
        Declarations.checkThatSettingsAreOfATask(context.getRequiredTestClass(), context.getRequiredTestMethod());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (!Mode.of(context).evaluate().isDisabled()) {
            // Afterwards, so that the valid tasks have been run.
            Declarations.checkThatThereAreTasks(context.getRequiredTestClass());
            Declarations.checkTasks(context.getRequiredTestClass());
        }
    }
}
