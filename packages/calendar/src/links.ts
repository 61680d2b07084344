/** Addresses of the calendar, in the API. */
export const absencesApiPath = (): `/${string}` => "/api/absences";
export const absenceApiPath = (id: string): `/${string}` => `/api/absences/${id}`;
