import { calendar } from "@mgs/calendar/module";
import { comments } from "@mgs/comments/module";
import { openThread } from "@mgs/comments/threads/open-thread";
import { documents } from "@mgs/documents/module";
import { DOSSIER_LISTS } from "@mgs/dossiers/lists";
import { dossierModule } from "@mgs/dossiers/module";
import type { OpinionPorts } from "@mgs/dossiers/opinions/opinion-ports";
import { DOSSIER_SUBJECTS, dossierSubject } from "@mgs/dossiers/subjects";
import { nameOf, namesOf } from "@mgs/identity/users/name-of";
import type { Module } from "@mgs/module/module";
import { records } from "@mgs/records/module";
import type { Subject } from "@mgs/records/subject";
import type { SavedList } from "@mgs/records/views/saved-list";
import type { ViewPorts } from "@mgs/records/views/view-dto";

/** Every kind of record: what comments, documents, mentions, presence and history can be about. */
export const SUBJECTS: readonly Subject[] = [...DOSSIER_SUBJECTS];

/** Every list that has saved views. */
const LISTS: readonly SavedList[] = [...DOSSIER_LISTS];

/** What saved views need: pages give it to their use cases. */
export const VIEW_PORTS: ViewPorts = { lists: LISTS, namesOf };

/** What opinions need: each has a private thread of comments. Pages give it to their use case. */
export const OPINION_PORTS: OpinionPorts = {
  openThread: (tx, { dossierId, by, ...thread }) =>
    openThread(tx, { subject: { type: dossierSubject.type, id: String(dossierId) }, createdBy: by, ...thread }),
};

/**
 * The domains of the business, in the order of the help, tied together where one needs another. Portals, worker and command line all have
 * them; a route says which portals have it.
 */
export const BUSINESS: readonly Module[] = [
  records(SUBJECTS, { nameOf, ...VIEW_PORTS }),
  calendar,
  dossierModule(OPINION_PORTS),
  comments(SUBJECTS),
  documents(SUBJECTS),
];
