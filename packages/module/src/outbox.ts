import { type Attempt, PermanentFailure } from "@mgs/jobs/attempt";
import type { OutboxKind } from "@mgs/jobs/outbox-kind";
import type { z } from "zod";
import type { WorkerDeps } from "./worker-deps";

/**
 * Does what an outbox row asks for; the row is sent when it returns. It may run twice for one row, after a crash.
 * @throws PermanentFailure when another attempt is pointless, Postponed for a later one, any other error for another attempt
 */
export type OutboxHandler<Payload> = (deps: WorkerDeps, attempt: Attempt<Payload>) => Promise<void>;

/** A kind of outbox rows with its handler, as a module declares it. */
export type HandledKind = {
  readonly kind: OutboxKind;
  /** Loads the handler, which takes a payload as it stands in the row. */
  load(): Promise<OutboxHandler<unknown>>;
};

/**
 * Says how the rows of a kind are delivered.
 * @param load imports the handler: the worker calls it when it starts, other processes never
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
