package io.github.retainless.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassNameTests {
    @ParameterizedTest
    @CsvSource({
        "io.acme.pay.Dispatcher, io.acme.pay.Dispatcher, i.a.p.Dispatcher, Dispatcher",
        "io.acme.Dispatcher$Call, io.acme.Dispatcher.Call, i.a.Dispatcher.Call, Dispatcher.Call",
        "io.acme.Dispatcher$1, io.acme.Dispatcher$1, i.a.Dispatcher$1, Dispatcher$1",
        "io.acme.Dispatcher$1Local, io.acme.Dispatcher$1Local, i.a.Dispatcher$1Local, Dispatcher$1Local",
        "io.acme.A$$Lambda, io.acme.A$$Lambda, i.a.A$$Lambda, A$$Lambda",
        "io.acme.A$$Lambda$14/0x0000000800c03000, io.acme.A$$Lambda, i.a.A$$Lambda, A$$Lambda",
        "io.acme.A$$Lambda/0x00007f1e4c.3000[], io.acme.A$$Lambda[], i.a.A$$Lambda[], A$$Lambda[]",
        "io.acme.A$B$$Lambda/0x01, io.acme.A.B$$Lambda, i.a.A.B$$Lambda, A.B$$Lambda",
        "io.acme.Hidden/0x00007f1e4c00, io.acme.Hidden, i.a.Hidden, Hidden",
        "jdk.proxy2.$Proxy12, jdk.proxy2.$Proxy12, j.p.$Proxy12, $Proxy12",
        "io.acme.Gateway$MockitoMock$14, io.acme.Gateway.MockitoMock$14, i.a.Gateway.MockitoMock$14, Gateway.MockitoMock$14",
        "scala.Object$, scala.Object$, s.Object$, Object$",
        "byte[65536], byte[65536], byte[65536], byte[65536]",
        "Unpackaged, Unpackaged, Unpackaged, Unpackaged",
        "'', '', '', ''"
    })
    void name_isWrittenInThreeLengths(String binary, String qualified, String abbreviated, String simple) {
        ClassName name = new ClassName(binary);

        assertThat(name.qualified()).isEqualTo(qualified);
        assertThat(name.abbreviated()).isEqualTo(abbreviated);
        assertThat(name.simple()).isEqualTo(simple);
    }
}
