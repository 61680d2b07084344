/** Pages of dossiers, in Gestion-Dossier. */
export const dossiersPath = (): `/${string}` => "/dossiers";
export const dossierBoardPath = (): `/${string}` => "/dossiers/tableau";
export const dossierCalendarPath = (): `/${string}` => "/dossiers/calendrier";
export const dossierPath = (id: number): `/${string}` => `/dossiers/${id}`;
/** @returns the id as text; null for any other path */
export const dossierOfPath = (path: string): string | null => /^\/dossiers\/([1-9]\d{0,9})$/.exec(path)?.[1] ?? null;
export const seanceOfPath = (path: string): string | null => /^\/seances\/([1-9]\d{0,9})$/.exec(path)?.[1] ?? null;
export const figuresPath = (): `/${string}` => "/dossiers/tableau-de-bord";
export const newDossierPath = (): `/${string}` => "/dossiers/nouveau";
/** The open dossiers that somebody has in hand. */
export const dossiersOfPath = (assignee: number | "me" | "nobody"): `/${string}` =>
  `${dossiersPath()}?assignee=${assignee}&open=true`;
export const newSeancePath = (): `/${string}` => "/seances/nouvelle";
export const seancesPath = (): `/${string}` => "/seances";
export const seancePath = (id: number): `/${string}` => `/seances/${id}`;
export const seanceHistoryPath = (id: number): `/${string}` => `/seances/${id}/historique`;

export const dossiersApiPath = (): `/${string}` => "/api/dossiers";
export const dossierBoardApiPath = (): `/${string}` => "/api/dossiers/board";
export const dossierExportPath = (query: Readonly<Record<string, string>>): string =>
  `/api/dossiers/export?${new URLSearchParams(query)}`;
export const dossierApiPath = (id: number | "{id}"): `/${string}` => `/api/dossiers/${id}`;
export const dossierStepApiPath = (id: number | "{id}"): `/${string}` => `/api/dossiers/${id}/steps`;

export const seancesApiPath = (): `/${string}` => "/api/sessions";
export const seanceApiPath = (id: number | "{id}"): `/${string}` => `/api/sessions/${id}`;
export const dossierHistoryPath = (id: number): `/${string}` => `/dossiers/${id}/historique`;
export const dossierChangesApiPath = (id: number | "{id}"): `/${string}` => `/api/dossiers/${id}/changes`;

export const seanceChangesApiPath = (id: number | "{id}"): `/${string}` => `/api/sessions/${id}/changes`;

/** A session's channels without what stands before them; the name is that of the system before this. */
export const seanceChannel = (id: number): string => `sport-session.${id}`;

/** A dossier's channels without what stands before them. */
export const dossierChannel = (id: number): string => `dossier.${id}`;

export const dossierTypesApiPath = (): `/${string}` => "/api/dossier-types";
export const dossierTypeApiPath = (id: number | "{id}"): `/${string}` => `/api/dossier-types/${id}`;
export const dossierTypesPath = (): `/${string}` => "/types-de-dossier";
export const dossierTypePath = (id: number | "nouveau"): `/${string}` => `/types-de-dossier/${id}`;
