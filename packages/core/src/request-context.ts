import { AsyncLocalStorage } from "node:async_hooks";
import { processSingleton } from "./process-singleton";

/** What is known of the request that code runs for. */
type RequestContext = {
  requestId?: string;
  /** Reads the visitor's address, for the few that need it. */
  readRemoteAddress?: () => string;
};

const storage = processSingleton("mgs.request-context", () => new AsyncLocalStorage<RequestContext>());

/** Runs `work`, and all that it starts, in the context of a request: log lines, outbox rows and outgoing calls carry its id. */
export function withRequestId<T>(requestId: string, work: () => T): T {
  return storage().run({ ...storage().getStore(), requestId }, work);
}

/** Runs `work` as a request from an address does, for tests and for what acts in a visitor's place. */
export function withRemoteAddress<T>(address: string, work: () => T): T {
  return storage().run({ ...storage().getStore(), readRemoteAddress: () => address }, work);
}

/**
 * Adds to the context for the rest of the current asynchronous one, where there is no function to wrap. Each subscriber to the
 * start of requests sets its own part anew for each request.
 */
export function enterRequestContext(part: RequestContext): void {
  storage().enterWith({ ...storage().getStore(), ...part });
}

/** Returns the id of the request that this code runs for, if any. */
export function currentRequestId(): string | undefined {
  return storage().getStore()?.requestId;
}

/** Returns the address of the visitor whose request this code runs for, if any; "unknown" when the request shows none. */
export function currentRemoteAddress(): string | undefined {
  return storage().getStore()?.readRemoteAddress?.();
}

const REQUEST_ID_PATTERN = /^[A-Za-z0-9_-]{8,64}$/;

/** Tells whether a caller's text may serve as a request id in log lines, headers and rows. */
export function isRequestId(text: unknown): text is string {
  return typeof text === "string" && REQUEST_ID_PATTERN.test(text);
}
