package io.github.retainless.examples.springboot;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.retry.annotation.EnableRetry;
import org.springframework.scheduling.annotation.EnableAsync;

/** The application, with payments through the one gateway and through the other. */
@SpringBootApplication
@EnableAsync
@EnableRetry
class Shop {
    @Bean
    Payments payments(@Qualifier("repairedGateway") Gateway gateway) {
        return new Payments(gateway);
    }

    @Bean
    Payments leakyPayments(@Qualifier("leakyGateway") Gateway gateway) {
        return new Payments(gateway);
    }
}
