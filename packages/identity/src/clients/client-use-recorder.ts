import type { Logger } from "@mgs/core/logger";
import type { Database } from "@mgs/db/client";
import { addClientUses, type CountedConsent, type CountedUse, touchConsents } from "./client-uses.repository";

const FLUSH_INTERVAL_MS = 5_000;

export type ClientUseRecorder = {
  /** Counts one use of a client. @param use.userId a person whose consent was used */
  record(use: { clientId: string; isSignIn: boolean; userId?: number | undefined }): void;
  /** Writes what was counted. */
  flush(): Promise<void>;
};

/**
 * Counts in memory and writes every few seconds: a thousand sign-ins through one portal are one row's update, not a thousand waits
 * for its lock, and no request waits at all. A process that is killed loses the count of those seconds.
 */
export function createClientUseRecorder(deps: { database: Database; logger: Logger }): ClientUseRecorder {
  let uses = new Map<string, CountedUse>();
  let consents = new Map<string, CountedConsent>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const [counted, used] = [[...uses.values()], [...consents.values()]];
    uses = new Map();
    consents = new Map();
    if (counted.length > 0) await addClientUses(deps.database, counted);
    if (used.length > 0) await touchConsents(deps.database, used);
  }

  /** One write after the other: whoever waits for a flush waits for one under way as well. */
  function flush(): Promise<void> {
    const next = writing.catch(() => undefined).then(write);
    writing = next;
    return next;
  }

  function flushLater(): void {
    timer ??= setTimeout(() => {
      flush().catch((error: unknown) => deps.logger.warn({ err: error }, "use of clients was not counted"));
    }, FLUSH_INTERVAL_MS).unref();
  }

  return {
    record({ clientId, isSignIn, userId }) {
      const lastUsedAt = new Date();
      const before = uses.get(clientId)?.signIns ?? 0;
      uses.set(clientId, { clientId, signIns: before + Number(isSignIn), lastUsedAt });
      if (userId !== undefined) consents.set(`${userId} ${clientId}`, { userId, clientId, lastUsedAt });
      flushLater();
    },
    flush,
  };
}
