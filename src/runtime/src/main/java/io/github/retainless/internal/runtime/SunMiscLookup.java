package io.github.retainless.internal.runtime;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

/**
 * A lookup with the rights of module {@code jdk.unsupported}, to which {@code java.base} exports its internals.
 *
 * <p>The module opens package {@code sun.misc} to everyone, so a class may be defined there; a lookup made by that
 * class has its module's rights. Neither the class nor its method is public: others gain nothing by it.
 */
final class SunMiscLookup {
    private static final String NAME = "RetainlessLookup";

    private SunMiscLookup() {}

    static Lookup get() throws Throwable {
        // By name: the compiler would warn of the class, which is only the way into its package.
        Lookup neighbour = MethodHandles.privateLookupIn(Class.forName("sun.misc.Unsafe"), MethodHandles.lookup());
        return (Lookup) neighbour
                .findStatic(define(neighbour), "lookup", MethodType.methodType(Lookup.class))
                .invokeExact();
    }

    private static Class<?> define(Lookup neighbour) throws IOException, ReflectiveOperationException {
        try {
            return neighbour.defineClass(classFile());
        } catch (LinkageError ignored) {
            // The library was loaded by another class loader before.
            return neighbour.findClass("sun.misc." + NAME);
        }
    }

    /**
     * Writes the bytes of this class:
     *
     * <pre>{@code
     * package sun.misc;
     *
     * final class RetainlessLookup {
     *     static Lookup lookup() {
     *         return MethodHandles.lookup();
     *     }
     * }
     * }</pre>
     */
    private static byte[] classFile() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream file = new DataOutputStream(bytes);
        file.writeInt(0xCAFEBABE);
        file.writeInt(52); // Java 8, the last whose methods need no stack maps

        file.writeShort(12); // constants, numbered from 1
        utf8(file, "sun/misc/" + NAME); // 1
        reference(file, 7, 1); // 2: this class
        utf8(file, "java/lang/Object"); // 3
        reference(file, 7, 3); // 4: its superclass
        utf8(file, "java/lang/invoke/MethodHandles"); // 5
        reference(file, 7, 5); // 6: the class called
        utf8(file, "lookup"); // 7: the name both of the method defined and of the one called
        utf8(file, "()Ljava/lang/invoke/MethodHandles$Lookup;"); // 8: and the type of both
        reference(file, 12, 7, 8); // 9: name and type
        reference(file, 10, 6, 9); // 10: the method called
        utf8(file, "Code"); // 11

        file.writeShort(0x0030); // final, super
        file.writeShort(2);
        file.writeShort(4);
        file.writeShort(0); // interfaces
        file.writeShort(0); // fields
        file.writeShort(1); // methods

        file.writeShort(0x0008); // static
        file.writeShort(7);
        file.writeShort(8);
        file.writeShort(1); // attributes of the method
        file.writeShort(11);
        file.writeInt(16); // bytes that follow
        file.writeShort(1); // operand stack
        file.writeShort(0); // locals
        file.writeInt(4); // bytes of code
        file.writeByte(0xB8); // invokestatic
        file.writeShort(10);
        file.writeByte(0xB0); // areturn
        file.writeShort(0); // exception handlers
        file.writeShort(0); // attributes of the code

        file.writeShort(0); // attributes of the class
        return bytes.toByteArray();
    }

    private static void utf8(DataOutputStream file, String text) throws IOException {
        file.writeByte(1);
        file.writeUTF(text);
    }

    private static void reference(DataOutputStream file, int tag, int... constants) throws IOException {
        file.writeByte(tag);
        for (int constant : constants) {
            file.writeShort(constant);
        }
    }
}
