package io.github.retainless.lab.peers;

import java.util.List;
import java.util.Optional;

/**
 * What a tool's answer is worth against what is known to be so.
 *
 * @param signatures how many ways of being held it reports
 * @param right how many groups it reports with all their failures, rooted where they are rooted
 * @param wrong how many of the signatures are rooted where no group is
 * @param noisyNodes how many nodes of all paths tell the reader nothing
 * @param missingNodes how many nodes of the groups' paths the reader is not told
 */
record Score(int signatures, int right, int wrong, int noisyNodes, int missingNodes) {
    static Score of(List<Finding> findings, int failuresPerGroup) {
        int right = 0;
        int missing = 0;
        for (Group group : Group.values()) {
            List<Finding> own = findings.stream()
                    .filter(finding -> finding.isRootedLike(group))
                    .toList();
            right += own.stream().mapToInt(Finding::failures).sum() == failuresPerGroup ? 1 : 0;
            missing += own.stream()
                    .mapToInt(finding -> finding.missingNodes(group))
                    .max()
                    .orElse(group.paths().get(0).size());
        }
        int wrong = 0;
        int noisy = 0;
        for (Finding finding : findings) {
            Optional<Group> group = groupOf(finding);
            wrong += group.isPresent() ? 0 : 1;
            noisy += group.map(known -> finding.noisyNodes(known))
                    .orElse(finding.path().size());
        }
        return new Score(findings.size(), right, wrong, noisy, missing);
    }

    /** Whether each group is one signature, and right. */
    boolean flawless() {
        int groups = Group.values().length;
        return signatures == groups && right == groups && wrong == 0 && noisyNodes == 0 && missingNodes == 0;
    }

    private static Optional<Group> groupOf(Finding finding) {
        return List.of(Group.values()).stream()
                .filter(group -> finding.isRootedLike(group))
                .findFirst();
    }
}
