package io.github.retainless.internal.dump;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads a heap dump from front to back, and can jump. Neither mapped, since a mapped file can't be deleted on Windows,
 * nor through a channel, since an interrupt would close that.
 */
final class HprofInput implements AutoCloseable {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int BUFFER = 1 << 17;
    private static final int TEXTS = 1 << 13;

    private final RandomAccessFile file;
    private final long length;
    private final byte[] buffer = new byte[BUFFER];
    private long filePosition; // of the buffer's end
    private int next;
    private int limit;
    private int idBytes = 8;

    /** The part of the file that the last text was read from. */
    private byte[] texts = {};

    private long textsPosition;
    private int textsLimit;

    HprofInput(Path dump) throws IOException {
        file = new RandomAccessFile(dump.toFile(), "r");
        length = file.length();
    }

    void idBytes(int bytes) {
        idBytes = bytes;
    }

    int idBytes() {
        return idBytes;
    }

    long length() {
        return length;
    }

    long position() {
        return filePosition - limit + next;
    }

    void position(long position) throws IOException {
        long ahead = position - position();
        if (ahead >= -next && ahead <= limit - next) {
            next += (int) ahead;
        } else {
            jump(position);
        }
    }

    // Apart, as what follows: what happens once a buffer must not be compiled into everything that happens once a
    // record.
    private void jump(long position) throws IOException {
        if (position < 0 || position > length) {
            throw new EOFException("it ends at byte " + length + ", where something up to " + position + " should be");
        }
        file.seek(position);
        filePosition = position;
        next = 0;
        limit = 0;
    }

    void skip(long bytes) throws IOException {
        position(position() + bytes);
    }

    int u1() throws IOException {
        need(1);
        return buffer[next++] & 0xff;
    }

    int u2() throws IOException {
        need(2);
        int value = (buffer[next] & 0xff) << 8 | buffer[next + 1] & 0xff;
        next += 2;
        return value;
    }

    int i4() throws IOException {
        need(4);
        int value = (int) INT.get(buffer, next);
        next += 4;
        return value;
    }

    long u4() throws IOException {
        return i4() & 0xffff_ffffL;
    }

    long u8() throws IOException {
        need(8);
        long value = (long) LONG.get(buffer, next);
        next += 8;
        return value;
    }

    long id() throws IOException {
        return idBytes == 8 ? u8() : u4();
    }

    byte[] bytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        for (int at = 0; at < count; ) {
            need(1);
            int part = Math.min(count - at, limit - next);
            System.arraycopy(buffer, next, bytes, at, part);
            next += part;
            at += part;
        }
        return bytes;
    }

    /** A text somewhere in the file; does not go there. Texts that follow each other are read together. */
    String utf8(long position, int bytes) throws IOException {
        long inBuffer = position - (filePosition - limit);
        if (inBuffer >= 0 && inBuffer + bytes <= limit) {
            return new String(buffer, (int) inBuffer, bytes, StandardCharsets.UTF_8);
        }
        if (position < textsPosition || position + bytes > textsPosition + textsLimit) {
            readTexts(position, bytes);
        }
        return new String(texts, (int) (position - textsPosition), bytes, StandardCharsets.UTF_8);
    }

    private void readTexts(long position, int bytes) throws IOException {
        if (texts.length < Math.max(bytes, 1)) {
            texts = new byte[Math.max(bytes, TEXTS)];
        }
        textsPosition = position;
        textsLimit = 0;
        file.seek(position);
        while (textsLimit < bytes) {
            int read = file.read(texts, textsLimit, texts.length - textsLimit);
            if (read < 0) {
                throw new EOFException("it ends in the middle of a text, at byte " + length);
            }
            textsLimit += read;
        }
        file.seek(filePosition);
    }

    /** Sees to it that so many bytes, at most 8, are in the buffer. */
    private void need(int bytes) throws IOException {
        if (limit - next < bytes) {
            fill(bytes);
        }
    }

    private void fill(int bytes) throws IOException {
        int left = limit - next;
        System.arraycopy(buffer, next, buffer, 0, left);
        next = 0;
        limit = left;
        while (limit < bytes) {
            int read = file.read(buffer, limit, BUFFER - limit);
            if (read < 0) {
                throw new EOFException("it ends in the middle of a record, at byte " + filePosition);
            }
            limit += read;
            filePosition += read;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
