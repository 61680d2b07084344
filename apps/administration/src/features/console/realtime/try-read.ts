import { AppError } from "@mgs/core/errors";
import type { ConsoleContext } from "../console-context";
import type { SampleProblem } from "./samples";

export type ReadResult<T> = { value: T; problem: null } | { value: null; problem: Exclude<SampleProblem, null> };

/** Reads from the realtime server; a part of the page that cannot be read leaves the others alone. */
export async function tryRead<T>({ runtime }: ConsoleContext, ask: () => Promise<T>): Promise<ReadResult<T>> {
  try {
    return { value: await ask(), problem: null };
  } catch (error) {
    const code = error instanceof AppError ? error.code : undefined;
    // The page polls every few seconds: the log would fill with a fact that the health page shows.
    if (code === "REALTIME_AWAY") return { value: null, problem: "away" };
    if (code === "REALTIME_REFUSED") return { value: null, problem: "refused" };
    runtime.logger.error({ err: error }, "a part of the realtime page could not be read");
    return { value: null, problem: "failed" };
  }
}
