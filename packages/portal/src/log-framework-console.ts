import { format, stripVTControlCharacters } from "node:util";
import { createLogger } from "@mgs/core/logger";
import type { Portal } from "@mgs/core/portals";

/** Bounds a message in the log, since some contain headers that a visitor wrote. */
const MAX_MESSAGE_CHARACTERS = 500;

/**
 * Logs the errors and warnings that the framework prints as one JSON line each, instead of stack traces over many lines. It
 * leaves an error with a digest to `onRequestError`, which has its address.
 */
export function logFrameworkConsole(portal: Portal, logger = createLogger(portal)): void {
  for (const level of ["error", "warn"] as const) {
    console[level] = (...given: unknown[]) => {
      const err = given.find((value) => value instanceof Error);
      if (err && "digest" in err) return;
      const text = format(...given.filter((value) => !(value instanceof Error)));
      const message = stripVTControlCharacters(text).trim().slice(0, MAX_MESSAGE_CHARACTERS);
      logger[level](err ? { err } : {}, message || "framework");
    };
  }
}
