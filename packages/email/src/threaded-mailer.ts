import { Worker } from "node:worker_threads";
import { currentRequestId } from "@mgs/core/request-context";
import { MailError, type Mailer } from "./mail";
import type { MailAnswer, MailOrder } from "./mail-thread";
import type { SmtpOptions } from "./smtp";

/**
 * Speaks SMTP in a thread of its own, started when first needed. When the thread ends, mails that it has not answered fail
 * temporarily, and the next mail starts another.
 * @param thread the file that is `./mail-thread`, as a bundle or a source
 */
export function createThreadedMailer(options: SmtpOptions, thread: URL): Mailer {
  type Waiting = { resolve(): void; reject(error: MailError): void };
  const waiting = new Map<number, Waiting>();
  let running: Worker | undefined;
  let orders = 0;

  function start(): Worker {
    const worker = new Worker(thread, { name: "mails", workerData: options });
    worker.on("message", ({ number, failure }: MailAnswer) => {
      const { resolve, reject } = waiting.get(number) ?? {};
      waiting.delete(number);
      if (failure) reject?.(new MailError(failure.message, failure.permanent, failure.retryAfter));
      else resolve?.();
    });
    let why = "";
    worker.on("error", (error) => {
      if (error instanceof Error) why = ` (${"code" in error ? String(error.code) : error.name})`;
    });
    worker.once("exit", () => {
      if (running === worker) running = undefined;
      for (const { reject } of waiting.values()) reject(new MailError(`SMTP: its thread ended${why}`, false));
      waiting.clear();
    });
    return worker;
  }

  return {
    send(mail) {
      running ??= start();
      const order: MailOrder = { number: orders++, mail, requestId: currentRequestId() };
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.set(order.number, { resolve, reject });
      running.postMessage(order);
      return promise;
    },
    close() {
      void running?.terminate();
    },
  };
}
