/** The console's page of the audit trail. */
export const journalPath = (query: Readonly<Record<string, string>> = {}): string =>
  withQuery("/console/journal", query);

/** The page of one event. @param query filters of the list, for the way back */
export const journalEventPath = (id: string, query: Readonly<Record<string, string>> = {}): string =>
  withQuery(`/console/journal/${id}`, query);

/** The file with the events that pass these filters. */
export const journalExportPath = (query: Readonly<Record<string, string>> = {}): string =>
  withQuery("/api/audit/export", query);

function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams(query).toString();
  return search === "" ? path : `${path}?${search}`;
}
