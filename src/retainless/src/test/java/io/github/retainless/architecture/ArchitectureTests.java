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
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
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
    void onlyTheDumpPackage_knowsTheDumpFormat() {
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
                .and()
                .arePublic()
                .should(nameNoInternalType())
                .check(CLASSES);
    }

    private static ArchCondition<JavaClass> nameNoInternalType() {
        return new ArchCondition<>("name no internal type in a signature") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getMembers().stream()
                        .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC)
                                || member.getModifiers().contains(JavaModifier.PROTECTED))
                        .filter(ArchitectureTests::namesInternalType)
                        .forEach(member -> events.add(SimpleConditionEvent.violated(member, member.getDescription())));
                Stream.concat(type.getRawInterfaces().stream(), type.getRawSuperclass().stream())
                        .filter(ArchitectureTests::isInternal)
                        .forEach(parent -> events.add(SimpleConditionEvent.violated(
                                type, type.getDescription() + " extends " + parent.getName())));
            }
        };
    }

    private static boolean namesInternalType(JavaMember member) {
        return member.getAllInvolvedRawTypes().stream().anyMatch(ArchitectureTests::isInternal);
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

        assertThat(types).hasSizeLessThanOrEqualTo(MOST_PUBLIC_TYPES);
    }

    @Test
    void runtime_needsNothingOfTheLibrary() {
        String runtime = locationOf(FixedAsyncExecutor.class).getPath();

        noClasses()
                .that(describe("belong to the runtime", type -> isIn(runtime, type)))
                .should()
                .dependOnClassesThat(describe(
                        "belong to the library", type -> type.getName().startsWith(ROOT) && !isIn(runtime, type)))
                .check(CLASSES);
    }

    private static boolean isIn(String location, JavaClass type) {
        return type.getSource().orElseThrow().getUri().toString().contains(location);
    }
}
