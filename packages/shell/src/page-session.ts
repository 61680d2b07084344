import { proofPath, signInPath } from "@mgs/core/portal-links";
import { number, object } from "@mgs/core/shape";
import { meApiPath } from "@mgs/identity/links";
import { createSignal } from "./signal";

const me = object({ data: object({ id: number }) });
const CHECK_TIMEOUT_MS = 10_000;

let leaving = false;

if (typeof window !== "undefined") {
  window.addEventListener("pageshow", (event) => {
    // A page brought back from the back/forward cache may have to leave once more.
    if (event.persisted) leaving = false;
  });
  // A form of the server that leads to another page says so by `data-leaves`, and needs no script of its own.
  window.addEventListener("submit", ({ target }) => {
    if (target instanceof HTMLFormElement && target.dataset.leaves !== undefined) markLeaving();
  });
}

/** Forms of this page with unsent text. */
const dirtyForms = new Set<object>();

/** Whether the page holds unsent text. */
export const hasUnsentText = createSignal(false);

/** The end of the session, while the page stays because of unsent text; null while no end is known. */
export const sessionEnd = createSignal<{ reason: string | undefined } | null>(null);

/** Records whether a form has unsent text, which keeps the page from leaving by itself. @param form identifies the form */
export function setDirty(form: object, dirty: boolean): void {
  if (dirty) dirtyForms.add(form);
  else dirtyForms.delete(form);
  hasUnsentText.set(dirtyForms.size > 0);
}

let ownSession: string | undefined;

/** Names the sign-in that the page belongs to: when the page was not told of its end, the sign-in form finds out why it has ended. */
export function setOwnSession(userSessionId: string): void {
  ownSession = userSessionId;
}

/** The path of the sign-in that returns to this page. */
export function signInHref(): string {
  const { pathname, search } = window.location;
  return signInPath(pathname + search);
}

/**
 * Handles the end of the session: the page leaves for the sign-in, once, which says why and returns to it. A page with unsent text stays and
 * shows a notice ({@link sessionEnd}).
 * @param reason of `user_sessions.end_reason`, when it is known
 */
export function handleSessionEnd(reason?: string): void {
  if (dirtyForms.size > 0) {
    sessionEnd.set({ reason: reason ?? sessionEnd.get()?.reason });
    return;
  }
  if (leaving) return;
  leaving = true;
  const { pathname, search } = window.location;
  window.location.assign(signInPath(pathname + search, reason ?? ownSession));
}

/** The person whom `/api/me` named after a call was refused, or as whom the browser goes on; null before that. */
export const signedInId = createSignal<number | null>(null);

/** For so long a page that is on its way to another address counts as leaving: the way may fail. */
const LEAVING_MS = 15_000;
/** An answer that takes a page to its own next address is waited for, before the page leaves for the dashboard. */
const OWN_WAY_MS = 1_000;

/** Records that the page is on its way to another address, which nothing that it hears meanwhile may replace. */
export function markLeaving(): void {
  leaving = true;
  setTimeout(() => {
    leaving = false;
  }, LEAVING_MS);
}

/**
 * Handles the news that the browser goes on as another person, whom an administrator begins or stops to act for. The page that has
 * caused it is on a way of its own.
 */
export function handleSessionChange(userId: number): void {
  setTimeout(() => leaving || signedInId.set(userId), OWN_WAY_MS);
}

/** Asks who is signed in. @returns null when the session is over, undefined when the server does not answer */
export async function fetchSignedInId(): Promise<number | null | undefined> {
  try {
    const response = await fetch(meApiPath(), { cache: "no-store", signal: AbortSignal.timeout(CHECK_TIMEOUT_MS) });
    if (response.status === 401) return null;
    const body: unknown = response.ok ? await response.json() : undefined;
    return me(body) ? body.data.id : undefined;
  } catch {
    return undefined;
  }
}

let checking: Promise<void> | null = null;

/**
 * Checks the session after a call was refused with 401, and handles its end only when `/api/me` answers 401 as well: with a live
 * session the sign-in would return at once, and the page would leave again without end. Concurrent calls share one check. Without
 * an answer it does nothing, since the caller will call again.
 */
export function checkSession(): Promise<void> {
  checking ??= fetchSignedInId()
    .then((id) => {
      if (id === null) handleSessionEnd();
      else if (id !== undefined) signedInId.set(id);
    })
    .finally(() => {
      checking = null;
    });
  return checking;
}

/** Resolves once the person has signed in again; at once when the session has not ended. */
export function waitForSession(): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (sessionEnd.get() !== null) return;
      stop();
      resolve();
    };
    const stop = sessionEnd.subscribe(check);
    check();
  });
}

/** Fetches from the portal's own API. After a 401 it checks the session, and the page leaves if that is over. */
export const sessionFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (response.status !== 401) return response;
  // A page with unsent text stays in any case: without the check its caller waits for the session, and does not repeat at once.
  if (dirtyForms.size > 0) handleSessionEnd();
  else await checkSession();
  return response;
};

/**
 * Handles the refusal of an action that concerns the session: it checks the session, or leaves for the page that asks for a fresh
 * proof and returns here. @returns whether `code` is such a refusal
 */
export function handleSessionRefusal(code: string | undefined): boolean {
  if (code === "PROOF_REQUIRED") {
    const { pathname, search } = window.location;
    window.location.assign(proofPath(pathname + search));
    return true;
  }
  const refused = code === "UNAUTHENTICATED" || code === "SESSION_ENDED";
  if (refused) void checkSession();
  return refused;
}
