import type { RetryPolicy } from "@mgs/jobs/backoff";
import type { Module } from "@mgs/module/module";
import type { OutboxHandler } from "@mgs/module/outbox";

/** The handler of each kind of outbox rows, with how long it is tried. */
export type Handlers = ReadonlyMap<string, { handle: OutboxHandler<unknown>; retries: RetryPolicy }>;

/**
 * Loads the handlers that modules declare.
 * @throws Error when two modules handle the same kind
 */
export async function loadHandlers(modules: readonly Module[]): Promise<Handlers> {
  const handlers = new Map<string, { handle: OutboxHandler<unknown>; retries: RetryPolicy }>();
  for (const { name, outbox = [] } of modules) {
    for (const { kind, load } of outbox) {
      if (handlers.has(kind.kind)) throw new Error(`${name} handles ${kind.kind}, which another module handles`);
      handlers.set(kind.kind, { handle: await load(), retries: kind.retries });
    }
  }
  return handlers;
}
