import { type Attempt, PermanentFailure } from "@mgs/jobs/delivery-attempt";
import type { OutboxKind } from "@mgs/jobs/outbox-kind";
import type { z } from "zod";
import type { WorkerDeps } from "./worker-deps";

/**
 * Delivers an outbox row, which is marked as sent when the handler returns. After a crash it may run twice for one row.
 * @throws PermanentFailure when no further attempt can succeed, Postponed for a later one, any other error for another attempt
 */
export type OutboxHandler<Payload> = (deps: WorkerDeps, attempt: Attempt<Payload>) => Promise<void>;

/** A kind of outbox rows with its handler, as a module declares it. */
export type HandledKind = {
  readonly kind: OutboxKind;
  /** Loads the handler, which takes a payload as it stands in the row. */
  load(): Promise<OutboxHandler<unknown>>;
};

/**
 * Declares the handler of a kind.
 * @param load imports the handler; only the worker calls it, when it starts
 */
export function handle<Payload extends z.ZodType>(
  kind: OutboxKind<Payload>,
  load: () => Promise<OutboxHandler<z.output<Payload>>>,
): HandledKind {
  return {
    kind,
    async load() {
      const handler = await load();
      return async (deps, attempt) => {
        const parsed = kind.payload.safeParse(attempt.payload);
        if (!parsed.success) throw new PermanentFailure(`the payload is not that of ${kind.kind}`);
        await handler(deps, { ...attempt, payload: parsed.data });
      };
    },
  };
}
