package io.github.retainless.lab.peers;

import java.nio.file.Path;

/** Who takes part in the race. */
enum Racer {
    RETAINLESS("Retainless", Holder.NAMED, Question::retainless),
    FLOOR("the same tasks and four bare collections", Holder.NOBODY_ASKED, Question::floor),
    SHARK("Shark ${shark.version}, all paths in a dump", Holder.NAMED, Question::shark),
    SHARK_GROWTH("Shark ${shark.growth.version}, heap diff", Holder.NAMED, Question::sharkGrowth),
    NETBEANS("NetBeans ${nbjunit.version}, `assertGC`", Holder.NAMED, Question::netbeans),
    CHECK_LEAK("check-leak ${checkleak.version}", Holder.NAMED, Question::checkLeak),
    JMEMORYBUDDY("JMemoryBuddy ${jmemorybuddy.version}", Holder.UNNAMED, Question::jmemorybuddy),
    JMEMORYBUDDY_HURRIED(
            "JMemoryBuddy ${jmemorybuddy.version}, its waiting cut", Holder.UNNAMED, Question::jmemorybuddyInAHurry),
    GUAVA("Guava ${guava.testlib.version}, `GcFinalization`", Holder.UNNAMED, Question::guava),
    CHECK_LEAK_EACH_ROUND("check-leak, after every 100 tasks", Holder.NAMED, Question::checkLeakEachRound),
    GUAVA_EACH_ROUND("Guava, after every 100 tasks", Holder.UNNAMED, Question::guavaEachRound);

    private final String title;
    private final Holder holder;
    private final Way way;

    /** What a racer says of who holds the failures. */
    enum Holder {
        NAMED,
        UNNAMED,
        NOBODY_ASKED
    }

    private interface Way {
        Question.Answer ask(Question question) throws Exception;
    }

    Racer(String title, Holder holder, Way way) {
        this.title = title;
        this.holder = holder;
        this.way = way;
    }

    Question.Answer ask(Dispatcher dispatcher, Path directory) throws Exception {
        return way.ask(new Question(dispatcher, directory));
    }

    /** With the versions that the build has chosen. */
    String title() {
        int start = title.indexOf("${");
        int end = title.indexOf('}');
        return start < 0
                ? title
                : title.substring(0, start)
                        + System.getProperty(title.substring(start + 2, end))
                        + title.substring(end + 1);
    }

    Holder holder() {
        return holder;
    }

    /** Whether it is to see how the clean subject fares only. */
    boolean isForCleanOnly() {
        return holder == Holder.NOBODY_ASKED || this == CHECK_LEAK_EACH_ROUND || this == GUAVA_EACH_ROUND;
    }

    /** How many megabytes of heap its JVM gets: three times as many where Shark reads the dump of a big heap in it. */
    int megabytes(HeapSize size) {
        boolean readsItsDump = this == SHARK || this == SHARK_GROWTH;
        return size == HeapSize.BIG && readsItsDump ? 3 * size.megabytes() : size.megabytes();
    }
}
