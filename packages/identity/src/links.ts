/** Addresses of the API about people and oneself, the same in every portal. */

/** The path that tells the caller who they are, and takes their preferences. */
export const meApiPath = (): string => "/api/me";

/** The path that tells the caller besides whether they ended one of their own sign-ins themself. */
export const endedSessionApiPath = (userSessionId: string): string =>
  `${meApiPath()}?${new URLSearchParams({ session: userSessionId })}`;

/** The console's list of people with these filters. */
export const peopleListPath = (query: Readonly<Record<string, string>> = {}): string =>
  withQuery("/console/personnes", query);

/** The file with the people that pass these filters. */
export const peopleExportPath = (query: Readonly<Record<string, string>> = {}): string =>
  withQuery("/api/people/export", query);

/** The console's page that takes a file of people. */
export const newImportPath = (query: Readonly<Record<string, string>> = {}): string =>
  withQuery("/console/personnes/importer", query);

/** The console's page of a file that was checked. */
export const importPath = (id: string, query: Readonly<Record<string, string>> = {}): string =>
  withQuery(`/console/personnes/imports/${id}`, query);

/** The path that takes a file of people, and checks it. */
export const importsApiPath = (): string => "/api/people/imports";

/** The file with all that is wrong with a checked file. */
export const importProblemsPath = (id: string): string => `${importsApiPath()}/${id}/problems`;

function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams(query).toString();
  return search === "" ? path : `${path}?${search}`;
}

/** The path that finds colleagues by name or e-mail address. */
export const usersApiPath = (search: string): string => `/api/users?${new URLSearchParams({ search })}`;
