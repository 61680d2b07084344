import { AsyncLocalStorage } from "node:async_hooks";
import { once } from "./once";

const storage = once("mgs.request-id", () => new AsyncLocalStorage<string>());

/** Runs `work`, and all that it starts, under a request's id: log lines, outbox rows and calls to others carry it. */
export function withRequestId<T>(requestId: string, work: () => T): T {
  return storage().run(requestId, work);
}

/** As `withRequestId`, for the rest of the current turn and all that it starts: where there is no function to wrap. */
export function enterRequest(requestId: string): void {
  storage().enterWith(requestId);
}

/** Id of the request that is being worked on here, if any. */
export function currentRequestId(): string | undefined {
  return storage().getStore();
}

const WELL_FORMED = /^[A-Za-z0-9_-]{8,64}$/;

/** True for an id of another's making that is fit for log lines, headers and rows. */
export function isRequestId(text: unknown): text is string {
  return typeof text === "string" && WELL_FORMED.test(text);
}
