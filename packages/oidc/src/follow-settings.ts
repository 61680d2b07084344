import type { Logger } from "@mgs/core/logger";
import type { Database } from "@mgs/db/client";
import type { SessionLifetimes } from "@mgs/identity/session-lifetimes/session-lifetimes";
import { findLifetimes } from "@mgs/identity/session-lifetimes/session-lifetimes.repository";
import { publishedKeys } from "./keys/key-states";
import { readKeyDates } from "./keys.repository";

/** A request may still use what was read so long ago, while it is read again beside it. */
const CHECK_AFTER_MS = 10_000;
/** A request waits for the look-up when nobody has asked for longer. */
const MAX_AGE_MS = 20_000;

type Deps = { database: Database; logger: Logger };
type Current<Provider> = { provider: Promise<Provider>; keys: string; version: number; checkedAt: number };

/**
 * Keeps a provider with the signing keys and the lifetimes of the database: when they have changed, or another key's time to sign has
 * come, it makes a new provider, since the library reads them once. Requests under way keep the one that they began with.
 * @param make makes a provider with the keys of this moment
 * @param now milliseconds, for tests
 */
export function followSettings<Provider>(
  { database, logger }: Deps,
  make: (lifetimes: SessionLifetimes) => Promise<Provider>,
  now: () => number = Date.now,
): () => Promise<Provider> {
  let current: Current<Provider> | undefined;
  let checking: Promise<void> | undefined;

  /** Names the published keys, the one that signs first. */
  const readKeys = async (): Promise<string> =>
    publishedKeys(await readKeyDates(database), new Date(now()))
      .map(({ kid }) => kid)
      .join(" ");

  async function check(): Promise<void> {
    const checkedAt = now();
    const [keys, { lifetimes, version }] = await Promise.all([readKeys(), findLifetimes(database)]);
    if (current?.keys === keys && current.version === version) {
      current.checkedAt = checkedAt;
      return;
    }
    const provider = make(lifetimes);
    await provider;
    if (current) logger.info({ kid: keys.split(" ")[0], lifetimes }, "the provider has new settings");
    current = { provider, keys, version, checkedAt };
  }

  const checkOnce = (): Promise<void> => {
    checking ??= check().finally(() => {
      checking = undefined;
    });
    return checking;
  };

  return async function currentProvider(): Promise<Provider> {
    if (!current) {
      await checkOnce();
      if (!current) throw new Error("there is no provider");
      return (current as Current<Provider>).provider;
    }
    const age = now() - current.checkedAt;
    if (age >= CHECK_AFTER_MS) {
      const checked = checkOnce().catch((error: unknown) => {
        // The settings that the process has stay valid; the next request tries again.
        logger.warn({ err: error }, "the provider's settings could not be read");
      });
      if (age >= MAX_AGE_MS) await checked;
    }
    return current.provider;
  };
}
