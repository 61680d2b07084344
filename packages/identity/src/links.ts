/** Addresses of the API about people and oneself, the same in every portal. */

/** The path that tells the caller who they are, and takes their preferences. */
export const meApiPath = (): string => "/api/me";

/** The path that tells the caller besides whether they ended one of their own sign-ins themself. */
export const endedSessionApiPath = (userSessionId: string): string =>
  `${meApiPath()}?${new URLSearchParams({ session: userSessionId })}`;

/** The path that finds colleagues by name or e-mail address. */
export const usersApiPath = (search: string): string => `/api/users?${new URLSearchParams({ search })}`;
