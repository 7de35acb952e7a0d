package org.netbeans.insane.hook;

import java.lang.reflect.AccessibleObject;

/**
 * Stands in for a class that NetBeans' heap walker calls and its published jar lacks. The packages it walks into must
 * be open.
 */
public final class MakeAccessible {
    private MakeAccessible() {}

    public static void setAccessible(AccessibleObject member, boolean accessible) {
        member.setAccessible(accessible);
    }
}
