package io.github.retainless.internal.capture;

import java.lang.instrument.ClassFileTransformer;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.security.ProtectionDomain;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.matcher.ElementMatchers;
import org.jspecify.annotations.Nullable;

/** Inlines {@link CreationAdvice} into {@link Throwable}. */
final class ThrowableWeaver implements ClassFileTransformer {
    private static final int MAJOR_VERSION = 6;

    private final Field slot;
    private volatile @Nullable Throwable failure;

    ThrowableWeaver(Field slot) {
        this.slot = slot;
    }

    /** What went wrong when it was last called: the JVM swallows what it throws. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        if (redefined != Throwable.class) {
            return null;
        }
        try {
            failure = null;
            return weave(classFile);
        } catch (Throwable e) {
            failure = e;
            return null;
        }
    }

    /**
     * A Byte Buddy that is older than the JDK rejects its class files for their version alone. What the library runs on
     * at least has all that a constructor of {@link Throwable} needs, so it is shown that version.
     */
    private byte[] weave(byte[] classFile) {
        byte[] shown = classFile.clone();
        short version = ByteBuffer.wrap(classFile).getShort(MAJOR_VERSION);
        ByteBuffer.wrap(shown)
                .putShort(MAJOR_VERSION, (short) Math.min(version, ClassFileVersion.JAVA_V17.getMajorVersion()));
        byte[] woven = new ByteBuddy(ClassFileVersion.JAVA_V17)
                .decorate(Throwable.class, ClassFileLocator.Simple.of(Throwable.class.getName(), shown))
                .visit(Advice.withCustomMapping()
                        .bind(CreationAdvice.Slot.class, slot)
                        .to(CreationAdvice.class)
                        .on(ElementMatchers.isConstructor()))
                .make()
                .getBytes();
        ByteBuffer.wrap(woven).putShort(MAJOR_VERSION, version);
        return woven;
    }
}
