package io.github.retainless.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.github.retainless.executor.FixedAsyncExecutor;
import io.github.retainless.experiment.RetentionExperiment;
import java.net.URL;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house, held against the class files of both published artifacts. */
class ArchitectureTests {
    private static final String ROOT = "io.github.retainless";
    private static final String INTERNAL = ROOT + ".internal..";
    private static final int MOST_PUBLIC_TYPES = 50;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrls(List.of(locationOf(RetentionExperiment.class), locationOf(FixedAsyncExecutor.class)));

    private static final SliceAssignment PACKAGE = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith(ROOT)
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    };

    private static URL locationOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /**
     * One arrow points down on purpose: the entry point starts the engine, which makes the values beside the entry
     * point.
     */
    @Test
    void packages_haveNoCycles() {
        slices().assignedFrom(PACKAGE)
                .should()
                .beFreeOfCycles()
                .ignoreDependency(type(RetentionExperiment.class), resideInAPackage(INTERNAL))
                .check(CLASSES);
    }

    @Test
    void values_doNotKnowTheEngine() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".experiment")
                .and()
                .doNotBelongToAnyOf(RetentionExperiment.class)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(enginePackages())
                .check(CLASSES);
    }

    private static String[] enginePackages() {
        return CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(ROOT + ".internal"))
                .filter(name -> !name.endsWith(".units"))
                .distinct()
                .toArray(String[]::new);
    }

    @Test
    void onlyTheExtensionAndTheContracts_knowJUnit() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, ROOT + ".contract")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.junit..", "org.opentest4j..")
                .check(CLASSES);
    }

    @Test
    void verdict_knowsNothingButTheValuesOfAReport() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".internal.verdict")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        ROOT + ".experiment",
                        ROOT + ".internal.units",
                        ROOT + ".internal.verdict"))
                .check(CLASSES);
    }

    @Test
    void dumpPackage_showsNothingOfTheDumpFormat() {
        List<String> visible = CLASSES.stream()
                .filter(type -> type.getPackageName().equals(ROOT + ".internal.dump"))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(JavaClass::isTopLevelClass)
                .map(JavaClass::getSimpleName)
                .sorted()
                .toList();

        assertThat(visible).containsExactly("Anchor", "DumpQuery", "DumpResult", "HeapDumpReader", "HeapTrace");
    }

    /** AWT starts threads, loads native code and needs fonts, all in the JVM of the user's tests. */
    @Test
    void nobody_drawsInTheTestsJvm() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.awt..", "javax.imageio..", "javax.swing..")
                .check(CLASSES);
    }

    @Test
    void publicSignatures_nameNoInternalType() {
        classes()
                .that()
                .resideOutsideOfPackage(INTERNAL)
                .and(describe("can be named by users", ArchitectureTests::canBeNamed))
                .should(nameNoInternalType())
                .check(CLASSES);
    }

    private static boolean canBeNamed(JavaClass type) {
        return isPublicOrProtected(type.getModifiers())
                && type.getEnclosingClass().map(ArchitectureTests::canBeNamed).orElse(true);
    }

    private static boolean isPublicOrProtected(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static ArchCondition<JavaClass> nameNoInternalType() {
        return new ArchCondition<>("name no internal type in a signature") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getMembers().stream()
                        .filter(member -> isPublicOrProtected(member.getModifiers()))
                        .filter(ArchitectureTests::namesInternalType)
                        .forEach(member -> events.add(SimpleConditionEvent.violated(member, member.getDescription())));
                Stream.of(
                                type.getTypeParameters().stream(),
                                type.getInterfaces().stream(),
                                type.getSuperclass().stream())
                        .flatMap(named -> named)
                        .map(JavaType.class::cast)
                        .filter(named ->
                                named.getAllInvolvedRawTypes().stream().anyMatch(ArchitectureTests::isInternal))
                        .forEach(named -> events.add(SimpleConditionEvent.violated(
                                type, type.getDescription() + " is declared with " + named.getName())));
            }
        };
    }

    private static boolean namesInternalType(JavaMember member) {
        Stream<JavaClass> thrown =
                member instanceof JavaCodeUnit method ? method.getExceptionTypes().stream() : Stream.empty();
        return Stream.concat(member.getAllInvolvedRawTypes().stream(), thrown).anyMatch(ArchitectureTests::isInternal);
    }

    private static boolean isInternal(JavaClass type) {
        return resideInAPackage(INTERNAL).test(type);
    }

    @Test
    void publicTypes_areFew() {
        List<String> types = CLASSES.stream()
                .filter(type -> !isInternal(type))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(JavaClass::isTopLevelClass)
                .map(JavaClass::getName)
                .sorted()
                .toList();

        assertThat(types)
                .as("the top-level types that users see: make a type package-private or internal before you add one")
                .hasSizeLessThanOrEqualTo(MOST_PUBLIC_TYPES);
    }

    @Test
    void runtime_needsNothingOfTheLibrary() {
        JavaClasses runtime = new ClassFileImporter().importUrl(locationOf(FixedAsyncExecutor.class));

        classes()
                .should()
                .onlyDependOnClassesThat(describe(
                        "belong to the runtime, or not to Retainless",
                        type -> !type.getName().startsWith(ROOT) || runtime.contain(type.getName())))
                .check(runtime);
    }
}
