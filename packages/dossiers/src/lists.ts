import type { SavedList } from "@mgs/records/views/saved-list";
import { DOSSIER_PORTAL } from "./deps";
import { dossierViewQuery } from "./dossier-filter";
import { dossierList } from "./dossiers.repository";

/** The lists of this domain that have saved views. Everybody may open the list of dossiers: who sees which is another matter. */
export const DOSSIER_LISTS: readonly SavedList[] = [
  {
    name: dossierList.name,
    portal: DOSSIER_PORTAL,
    scopes: { read: "dossiers:read", write: "dossiers:write" },
    query: dossierViewQuery,
    isOpenTo: () => true,
  },
];
