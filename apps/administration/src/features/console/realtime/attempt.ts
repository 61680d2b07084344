import { AppError } from "@mgs/core/errors";
import type { ConsoleVisit } from "../guard";
import type { ReadingProblem } from "./readings";

export type Attempt<T> = { value: T; problem: null } | { value: null; problem: Exclude<ReadingProblem, null> };

/** Asks the realtime server; a part of the page that cannot be read leaves the others alone. */
export async function attempt<T>({ runtime }: ConsoleVisit, ask: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await ask(), problem: null };
  } catch (error) {
    const code = error instanceof AppError ? error.code : undefined;
    // Asked every few seconds: that the server is away is in its own log, and on the health page.
    if (code === "REALTIME_AWAY") return { value: null, problem: "away" };
    if (code === "REALTIME_REFUSED") return { value: null, problem: "refused" };
    runtime.logger.error({ err: error }, "a part of the realtime page could not be read");
    return { value: null, problem: "failed" };
  }
}
