import { AppError } from "@mgs/core/errors";
import { PublishError } from "@mgs/realtime/server";

/**
 * Awaits an answer of the Pusher server, and translates its failures into error codes for administrators.
 * @throws AppError REALTIME_AWAY without an answer in time, or when the server fails; REALTIME_REFUSED
 */
export async function translateFailure<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof PublishError)) throw error;
    const away = error.status === undefined || error.status >= 500;
    throw new AppError(away ? "REALTIME_AWAY" : "REALTIME_REFUSED", { cause: error });
  }
}

/** The status by which the server refused; undefined for every other error. */
export function refusalOf(error: unknown): number | undefined {
  return error instanceof PublishError && error.status !== undefined && error.status < 500 ? error.status : undefined;
}
