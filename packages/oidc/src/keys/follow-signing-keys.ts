import type { Logger } from "@mgs/core/logger";
import type { Database } from "@mgs/db/client";
import { readKeyDates } from "../keys.repository";
import { publishedKeys } from "./key-states";

/** A request may still use keys that were read so long ago, while they are read again beside it. */
const CHECK_AFTER_MS = 10_000;
/** A request waits for the look-up when nobody has asked for longer. */
const MAX_AGE_MS = 20_000;

type Deps = { database: Database; logger: Logger };
type Current<Provider> = { provider: Promise<Provider>; keys: string; checkedAt: number };

/**
 * Keeps a provider with the signing keys of the database: when they have changed, or another one's time to sign has come, it makes
 * a new provider, since the library reads its keys once. Requests under way keep the one that they began with.
 * @param make makes a provider with the keys of this moment
 * @param now milliseconds, for tests
 */
export function followSigningKeys<Provider>(
  { database, logger }: Deps,
  make: () => Promise<Provider>,
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
    const keys = await readKeys();
    if (current?.keys === keys) {
      current.checkedAt = checkedAt;
      return;
    }
    const provider = make();
    await provider;
    if (current) logger.info({ kid: keys.split(" ")[0] }, "the provider has new signing keys");
    current = { provider, keys, checkedAt };
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
        // The keys that the process has stay valid; the next request tries again.
        logger.warn({ err: error }, "the signing keys could not be read");
      });
      if (age >= MAX_AGE_MS) await checked;
    }
    return current.provider;
  };
}
