package io.github.retainless.internal.dump;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A folder of its owner's only, for a heap dump. It has a file that is locked as long as the JVM lives: of JVMs that
 * were killed the next one of the same user deletes what they left, since a dump is large and holds secrets.
 */
final class DumpFolder implements AutoCloseable {
    private static final String PREFIX = "retainless-";
    private static final Pattern NAMES = Pattern.compile("\\.?" + PREFIX + "\\d+-\\d+-\\d+");
    private static final String LOCK = "lock";

    /** This JVM; the process id alone is the same in each new container. */
    private static final String JVM = PREFIX
            + ProcessHandle.current().pid() + "-"
            + ManagementFactory.getRuntimeMXBean().getStartTime() + "-";

    private static final Set<Path> LOOKED_IN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final RandomAccessFile lock;

    private DumpFolder(Path path) throws IOException {
        this.path = path;
        // Not as a channel only, which an interrupt closes.
        lock = new RandomAccessFile(path.resolve(LOCK).toFile(), "rw");
    }

    /** Makes one for temporary files. */
    static DumpFolder temporary() throws IOException {
        return locked(Files.createTempDirectory(JVM));
    }

    /** Makes one in another folder. */
    static DumpFolder in(Path parent) throws IOException {
        return locked(Files.createTempDirectory(Files.createDirectories(parent), "." + JVM));
    }

    private static DumpFolder locked(Path made) throws IOException {
        DumpFolder folder;
        try {
            folder = new DumpFolder(made.toAbsolutePath());
        } catch (IOException unwritable) {
            Files.delete(made);
            throw unwritable;
        }
        try {
            if (folder.lock.getChannel().tryLock() != null) {
                // Whoever finds it empty cannot know whether it is about to be locked.
                folder.lock.write(1);
            }
        } catch (IOException ignored) {
            // Then nobody can tell later that it is abandoned.
        }
        return folder;
    }

    Path path() {
        return path;
    }

    /** Deletes it with all that is in it. */
    @Override
    public void close() throws IOException {
        lock.close();
        delete(path);
    }

    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path each : files) {
                Files.deleteIfExists(each);
            }
        } catch (NoSuchFileException ignored) {
            // Somebody else has deleted it.
            return;
        }
        Files.deleteIfExists(folder);
    }

    /** Deletes what JVMs left in a folder that were killed, if this JVM has not yet looked there. */
    static void deleteAbandonedOnce(Path parent) {
        if (LOOKED_IN.add(parent.toAbsolutePath())) {
            deleteAbandoned(parent);
        }
    }

    /** Deletes what JVMs of this user left in a folder that were killed; what cannot be deleted stays. */
    static void deleteAbandoned(Path parent) {
        try {
            List<Path> abandoned = abandoned(parent);
            if (!abandoned.isEmpty()) {
                UserPrincipal user = user(parent);
                abandoned.forEach(folder -> deleteIfOf(user, folder));
            }
        } catch (IOException | RuntimeException ignored) {
            // Tidying up is no reason to fail.
        }
    }

    private static void deleteIfOf(UserPrincipal user, Path folder) {
        try {
            if (Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user)) {
                delete(folder);
            }
        } catch (IOException ignored) {
            // The next one may be able to.
        }
    }

    private static List<Path> abandoned(Path parent) throws IOException {
        List<Path> abandoned = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, DumpFolder::isOfAnotherJvm)) {
            for (Path folder : folders) {
                if (isAbandoned(folder)) {
                    abandoned.add(folder);
                }
            }
        } catch (DirectoryIteratorException unreadable) {
            throw unreadable.getCause();
        }
        return abandoned;
    }

    /** Closing a file again that this JVM has locked would give up the lock. */
    private static boolean isOfAnotherJvm(Path folder) {
        String name = folder.getFileName().toString();
        return NAMES.matcher(name).matches() && !name.replaceFirst("^\\.", "").startsWith(JVM);
    }

    private static boolean isAbandoned(Path folder) {
        Path lock = folder.resolve(LOCK);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                || !Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            return Files.size(lock) > 0 && channel.tryLock() != null;
        } catch (IOException | OverlappingFileLockException ignored) {
            // Whether it is in use is not known, so it stays.
            return false;
        }
    }

    /** Whoever a folder belongs to that this JVM makes. */
    private static UserPrincipal user(Path parent) throws IOException {
        Path made = Files.createTempDirectory(parent, "." + JVM);
        try {
            return Files.getOwner(made);
        } finally {
            Files.delete(made);
        }
    }
}
