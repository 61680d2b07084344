/** Addresses of the calendar, in the API. */
export const absencesApiPath = (): `/${string}` => "/api/absences";
export const absenceApiPath = (id: string): `/${string}` => `/api/absences/${id}`;

/** Administration's page of the holidays. */
export const holidaysPath = (query: Readonly<Record<string, string>> = {}): `/${string}` => {
  const search = new URLSearchParams(query).toString();
  return search === "" ? "/console/jours-feries" : `/console/jours-feries?${search}`;
};
