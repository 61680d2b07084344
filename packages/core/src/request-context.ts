import { AsyncLocalStorage } from "node:async_hooks";
import { processSingleton } from "./process-singleton";

const storage = processSingleton("mgs.request-id", () => new AsyncLocalStorage<string>());

/** Runs `work`, and all that it starts, in the context of a request: log lines, outbox rows and outgoing calls carry its id. */
export function withRequestId<T>(requestId: string, work: () => T): T {
  return storage().run(requestId, work);
}

/** Does what `withRequestId` does for the rest of the current asynchronous context, where there is no function to wrap. */
export function enterRequestContext(requestId: string): void {
  storage().enterWith(requestId);
}

/** Returns the id of the request that this code runs for, if any. */
export function currentRequestId(): string | undefined {
  return storage().getStore();
}

const REQUEST_ID_PATTERN = /^[A-Za-z0-9_-]{8,64}$/;

/** Tells whether a caller's text may serve as a request id in log lines, headers and rows. */
export function isRequestId(text: unknown): text is string {
  return typeof text === "string" && REQUEST_ID_PATTERN.test(text);
}
