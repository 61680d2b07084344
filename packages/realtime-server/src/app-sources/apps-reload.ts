import type { Logger } from "@mgs/core/logger";
import type { AppDefinition } from "../apps";

type Deps = {
  /** Reads all apps. */
  read(): Promise<readonly AppDefinition[]> | readonly AppDefinition[];
  /** Replaces all apps. @throws Error when two share an id or a key */
  replace(definitions: readonly AppDefinition[]): void;
  logger: Logger;
};

/**
 * Makes a function that reads the apps and replaces them when they have changed. A failed read changes nothing, and is logged
 * once. Calls during a read cause one more read after it.
 */
export function createAppsReload(
  { read, replace, logger }: Deps,
  current: readonly AppDefinition[],
): () => Promise<void> {
  let known = JSON.stringify(current);
  let lastProblem: string | undefined;
  let running: Promise<void> | undefined;
  let isAskedAgain = false;

  async function reload(): Promise<void> {
    try {
      const definitions = await read();
      const text = JSON.stringify(definitions);
      if (text !== known) {
        replace(definitions);
        known = text;
        logger.info({ apps: definitions.map((app) => app.id) }, "apps reloaded");
      } else if (lastProblem !== undefined) {
        logger.info("apps can be read again, and have not changed");
      }
      lastProblem = undefined;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (problem !== lastProblem) logger.error({ err: error }, "apps could not be reloaded; those before stay");
      lastProblem = problem;
    }
  }

  return () => {
    if (running !== undefined) {
      isAskedAgain = true;
      return running;
    }
    running = (async () => {
      do {
        isAskedAgain = false;
        await reload();
      } while (isAskedAgain);
      running = undefined;
    })();
    return running;
  };
}
