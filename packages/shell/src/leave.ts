import { signInPath } from "@mgs/core/portal-links";
import { number, object } from "@mgs/core/shape";
import { createSignal } from "./signal";

const me = object({ data: object({ id: number }) });
const CHECK_TIMEOUT_MS = 10_000;

let leaving = false;

if (typeof window !== "undefined")
  window.addEventListener("pageshow", (event) => {
    // A page brought back from the back/forward cache may have to leave once more.
    if (event.persisted) leaving = false;
  });

/** Forms of this page that hold something typed and not sent. */
const dirtyForms = new Set<object>();

/** How the session ended, while the page stays because something is typed on it; null: it is not over, as far as is known. */
export const sessionEnd = createSignal<{ reason: string | undefined } | null>(null);

/** Keeps the page from leaving by itself. @param form an object that stands for the form */
export function setDirty(form: object, dirty: boolean): void {
  if (dirty) dirtyForms.add(form);
  else dirtyForms.delete(form);
}

/** Address of the sign-in that comes back to this page. */
export function signInHref(): string {
  const { pathname, search } = window.location;
  return signInPath(pathname + search);
}

/**
 * The session is over. Leaves for the sign-in page, once, and comes back here afterwards; but where something is typed the page
 * stays, and says so ({@link sessionEnd}).
 * @param reason of `user_sessions.end_reason`, when it is known
 */
export function handleSessionEnd(reason?: string): void {
  if (dirtyForms.size > 0) {
    sessionEnd.set({ reason: reason ?? sessionEnd.get()?.reason });
    return;
  }
  if (leaving) return;
  leaving = true;
  window.location.assign(signInHref());
}

/** Id of the person whom `/api/me` knew when something had been refused; null: nothing has been refused yet. */
export const signedInId = createSignal<number | null>(null);

/** Who is signed in by now: null for nobody, undefined when that is not known. */
export async function fetchSignedInId(): Promise<number | null | undefined> {
  try {
    const response = await fetch("/api/me", { cache: "no-store", signal: AbortSignal.timeout(CHECK_TIMEOUT_MS) });
    if (response.status === 401) return null;
    const body: unknown = response.ok ? await response.json() : undefined;
    return me(body) ? body.data.id : undefined;
  } catch {
    return undefined;
  }
}

let checking: Promise<void> | null = null;

/**
 * Something was refused with 401. Ends the page's session only when `/api/me` refuses it too: leaving on a doubt, with a session that
 * lives, would come straight back from the sign-in, and leave again, without end. Calls at one time share one look. Where it is not
 * known whether the session is over nothing happens: whoever was refused asks again.
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

/** Resolves once the session that this page waits for is back; at once when it waits for none. */
export function sessionReturned(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (sessionEnd.get() !== null) return;
      stop();
      resolve();
    };
    const stop = sessionEnd.subscribe(look);
    look();
  });
}

/** `fetch` of the portal's own API: a 401 means that the session is over, which is looked at before the page leaves. */
export const sessionFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (response.status !== 401) return response;
  // Where something is typed the page stays anyway, and what was refused has to wait for the session, not to be sent at once again.
  if (dirtyForms.size > 0) handleSessionEnd();
  else await checkSession();
  return response;
};

/** Whether a server action was refused with 401; if the session is over, which is looked at first, the page leaves, or says so. */
export function endsSession(code: string | undefined): boolean {
  const refused = code === "UNAUTHENTICATED" || code === "SESSION_ENDED";
  if (refused) void checkSession();
  return refused;
}
