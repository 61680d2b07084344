import { calendar } from "@mgs/calendar/module";
import { comments } from "@mgs/comments/module";
import type { PresencePorts } from "@mgs/comments/presence/presence";
import { openThread } from "@mgs/comments/threads/open-thread";
import type { DocumentPorts } from "@mgs/documents/document-deps";
import { documents } from "@mgs/documents/module";
import { PIECE_SLOT } from "@mgs/dossiers/contract/pieces";
import { DOSSIER_LISTS } from "@mgs/dossiers/lists";
import { dossierModule } from "@mgs/dossiers/module";
import type { OpinionPorts } from "@mgs/dossiers/opinions/opinion-ports";
import { fillPiece } from "@mgs/dossiers/pieces/fill-piece";
import { DOSSIER_SUBJECTS, dossierSubject } from "@mgs/dossiers/subjects";
import { nameOf, namesOf } from "@mgs/identity/users/name-of";
import { conversationSubject } from "@mgs/messaging/conversations/conversation-subject";
import { messaging } from "@mgs/messaging/module";
import { isInvisible } from "@mgs/messaging/presence/presence.repository";
import type { Module } from "@mgs/module/module";
import { records } from "@mgs/records/module";
import type { Subject } from "@mgs/records/subject";
import type { SavedList } from "@mgs/records/views/saved-list";
import type { ViewPorts } from "@mgs/records/views/view-dto";
import { writing } from "@mgs/writing/module";
import { messagingPorts } from "./messaging-ports";

/** Every kind of record: what comments, documents, mentions, presence and history can be about. */
export const SUBJECTS: readonly Subject[] = [...DOSSIER_SUBJECTS];

/** Every list that has saved views. */
const LISTS: readonly SavedList[] = [...DOSSIER_LISTS];

/** What messages need: pages give it to their use cases. */
export const MESSAGING_PORTS = messagingPorts(SUBJECTS);

/** Conversations, as documents know them. */
export const CONVERSATIONS: Subject = conversationSubject(MESSAGING_PORTS);

/** What saved views need: pages give it to their use cases. */
export const VIEW_PORTS: ViewPorts = { lists: LISTS, namesOf };

/** What records and comments need to know of people. */
const PEOPLE_PORTS: PresencePorts = {
  isInvisible: ({ database }, userId) => isInvisible(database, userId, new Date()),
};

/** What opinions need: each has a private thread of comments. Pages give it to their use case. */
export const OPINION_PORTS: OpinionPorts = {
  openThread: (tx, { dossierId, by, ...thread }) =>
    openThread(tx, { subject: { type: dossierSubject.type, id: String(dossierId) }, createdBy: by, ...thread }),
};

/** What documents need: one that is put into the place of a piece of a checklist makes it received. */
export const DOCUMENT_PORTS: DocumentPorts = {
  async slotFilled(tx, actor, { record, slot, documentId, at }) {
    if (record.type !== dossierSubject.type || !slot.startsWith(PIECE_SLOT)) return [];
    const pieceId = slot.slice(PIECE_SLOT.length);
    return fillPiece(tx, actor, { dossierId: Number(record.id), pieceId, documentId, at });
  },
};

/**
 * The domains of the business, in the order of the help, tied together where one needs another. Portals, worker and command line all have
 * them; a route says which portals have it.
 */
export const BUSINESS: readonly Module[] = [
  records(SUBJECTS, { nameOf, ...VIEW_PORTS, ...PEOPLE_PORTS }),
  calendar,
  dossierModule(OPINION_PORTS),
  writing,
  comments(SUBJECTS, PEOPLE_PORTS),
  messaging(MESSAGING_PORTS),
  documents([...SUBJECTS, CONVERSATIONS], DOCUMENT_PORTS),
];
