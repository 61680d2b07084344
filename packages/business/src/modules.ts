import { calendar } from "@mgs/calendar/module";
import { dossiers } from "@mgs/dossiers/module";
import { DOSSIER_SUBJECTS } from "@mgs/dossiers/subjects";
import { nameOf, namesOf } from "@mgs/identity/users/name-of";
import type { Module } from "@mgs/module/module";
import { records } from "@mgs/records/module";
import type { Subject } from "@mgs/records/subject";

/** Every kind of record: what comments, documents, mentions, presence and history can be about. */
export const SUBJECTS: readonly Subject[] = [...DOSSIER_SUBJECTS];

/**
 * The domains of the business, in the order of the help, tied together where one needs another. Portals, worker and command line all have
 * them; a route says which portals have it.
 */
export const BUSINESS: readonly Module[] = [records(SUBJECTS, { nameOf, namesOf }), calendar, dossiers];
