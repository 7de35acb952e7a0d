package io.github.retainless.internal.output.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTests {
    private static final String SOURCE =
            """
            package io.acme;

            /** Mentions void declined() and class Nested. */
            class PaymentTest extends Contract {
                // void declined() { once }
                @AsyncTask
                void accepted() {
                    declined();
                }

                @AsyncTask
                void declined() {}

                @Nested
                class Nested {
                    @AsyncTask
                    void declined() {}
                }

                @Nested
                class Inheriting extends Contract {}
            }
            """;

    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource({
        "io.acme.PaymentTest, accepted(), 7",
        "io.acme.PaymentTest, declined(), 12",
        "io.acme.PaymentTest, declined(Attempt), 12",
        "io.acme.PaymentTest$Nested, declined(), 17",
        "io.acme.PaymentTest, inherited(), 4",
        "io.acme.PaymentTest$Inheriting, inherited(), 21",
        "io.acme.PaymentTest, '', 4",
        "io.acme.PaymentTest, '[a*(', 4"
    })
    void declaration_isFound(String className, String test, int line) throws IOException {
        write("src/test/java/io/acme/PaymentTest.java", SOURCE);

        assertThat(new Sources(root, root).find(className, test))
                .contains(new SourceLocation("src/test/java/io/acme/PaymentTest.java", line));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "src/test/kotlin/io/acme/PaymentTest.kt; @AsyncTask fun `declined, twice`() {}; declined, twice()",
                "src/test/kotlin/io/acme/PaymentTest.kt; fun <T> declined() {}; declined()",
                "src/test/groovy/io/acme/PaymentTest.groovy; def \"declined twice\"() {}; declined twice()",
                "src/integrationTest/java/io/acme/PaymentTest.java; public void declined (Attempt a) {}; declined()",
                "module/src/test/java/io/acme/PaymentTest.java; void declined() {}; declined()",
                "a/b/c/d/src/it/java/io/acme/PaymentTest.java; void declined() {}; declined()"
            })
    void otherPlaces_areFound(String file, String method, String test) throws IOException {
        write(file, "package io.acme\nclass PaymentTest {\n" + method + "\n}\n");

        assertThat(new Sources(root, root).find("io.acme.PaymentTest", test)).contains(new SourceLocation(file, 3));
    }

    @Test
    void moduleOfTheWorkingDirectory_isFirst() throws IOException {
        write("a/src/test/java/io/acme/PaymentTest.java", SOURCE);
        write("b/src/test/java/io/acme/PaymentTest.java", SOURCE);

        assertThat(new Sources(root.resolve("b"), root).find("io.acme.PaymentTest", "declined()"))
                .contains(new SourceLocation("b/src/test/java/io/acme/PaymentTest.java", 12));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/main/java/io/acme/PaymentTest.java",
                "target/copy/src/test/java/io/acme/PaymentTest.java",
                ".hidden/src/test/java/io/acme/PaymentTest.java",
                "a/b/c/d/e/src/test/java/io/acme/PaymentTest.java"
            })
    void whatIsNoTestSource_isNotFound(String file) throws IOException {
        write(file, SOURCE);

        assertThat(new Sources(root, root).find("io.acme.PaymentTest", "declined()"))
                .isEmpty();
    }

    @Test
    void sourceOutsideTheRepository_isNotFound() throws IOException {
        write("outside/src/test/java/io/acme/PaymentTest.java", SOURCE);
        Files.createDirectories(root.resolve("repository"));

        assertThat(new Sources(root.resolve("outside"), root.resolve("repository"))
                        .find("io.acme.PaymentTest", "declined()"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "..", "../../secret", "io.acme..PaymentTest", "/etc/passwd", "a\u0000b", "C:\\x", "$", "$$"})
    void whatIsNoClassName_isNotFound(String className) throws IOException {
        write("src/test/java/io/acme/PaymentTest.java", SOURCE);

        assertThat(new Sources(root, root).find(className, "declined()")).isEmpty();
    }

    @Test
    void missingFolders_findNothing() {
        assertThat(new Sources(root.resolve("no"), root.resolve("no")).find("io.acme.PaymentTest", "declined()"))
                .isEmpty();
    }

    @Test
    void brokenText_hasALine() throws IOException {
        Path file = root.resolve("src/test/java/io/acme/PaymentTest.java");
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, '\n', (byte) 0xc3});

        assertThat(new Sources(root, root).find("io.acme.PaymentTest", "declined()"))
                .contains(new SourceLocation("src/test/java/io/acme/PaymentTest.java", 1));
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }
}
