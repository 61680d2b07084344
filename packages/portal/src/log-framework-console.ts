import { format, stripVTControlCharacters } from "node:util";
import { createLogger } from "@mgs/core/logger";
import type { Portal } from "@mgs/core/portals";

/** Characters of a message that are logged: headers that a visitor wrote are in some. */
const MAX_MESSAGE_LENGTH = 500;

/**
 * Turns what the framework prints about errors and warnings, stack traces over many lines, into one JSON line each. An
 * error with a digest is left to `onRequestError`, which knows its address.
 */
export function logFrameworkConsole(portal: Portal, logger = createLogger(portal)): void {
  for (const level of ["error", "warn"] as const) {
    console[level] = (...given: unknown[]) => {
      const err = given.find((value) => value instanceof Error);
      if (err && "digest" in err) return;
      const text = format(...given.filter((value) => !(value instanceof Error)));
      const message = stripVTControlCharacters(text).trim().slice(0, MAX_MESSAGE_LENGTH);
      logger[level](err ? { err } : {}, message || "framework");
    };
  }
}
