let leaving = false;

if (typeof window !== "undefined")
  window.addEventListener("pageshow", (event) => {
    // A page brought back from the back/forward cache may have to leave once more.
    if (event.persisted) leaving = false;
  });

/** The session is over: leaves for the sign-in page, once, and comes back here afterwards. */
export function leaveForSignIn(): void {
  if (leaving) return;
  leaving = true;
  const { pathname, search } = window.location;
  window.location.assign(`/login/oauth?returnTo=${encodeURIComponent(pathname + search)}`);
}

/** `fetch` of the portal's own API: a 401 means that the session is over. */
export const sessionFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (response.status === 401) leaveForSignIn();
  return response;
};
