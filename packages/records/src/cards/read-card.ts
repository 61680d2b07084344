import { type Actor, requireScope, requireUser } from "@mgs/core/actor";
import type { PortalUrls } from "@mgs/core/portals";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { z } from "zod";
import type { RecordCard } from "../contract/card";
import type { Subject } from "../subject";

const MAX_URL_CHARACTERS = 2_000;

export const recordCardQuery = z.strictObject({
  /** The absolute address of a page of ours. */
  url: z.url({ error: "INVALID_URL" }).max(MAX_URL_CHARACTERS, { error: "TOO_LONG" }),
});

/**
 * Reads what a link to a record is shown as, by the rights of its reader: of a record that they do not see they learn nothing by its address, and nothing of
 * a kind of records for which their token was not issued.
 * @returns null for an address that is no record's, or none that the reader sees
 * @throws AppError FORBIDDEN for programs, INSUFFICIENT_SCOPE for a token that reads no records, VALIDATION_ERROR
 */
export async function readRecordCard(
  { database, portalUrls }: { database: Database; portalUrls: PortalUrls },
  actor: Actor,
  subjects: readonly Subject[],
  input: unknown,
): Promise<RecordCard | null> {
  const user = requireUser(actor);
  const [first] = subjects;
  if (first && !subjects.some(({ scopes }) => user.scopes.includes(scopes.read))) requireScope(user, first.scopes.read);
  const url = new URL(validate(recordCardQuery, input).url);
  for (const subject of subjects) {
    const { portal, type, scopes, idOfPath } = subject;
    if (!idOfPath || url.origin !== new URL(portalUrls[portal]).origin || !user.scopes.includes(scopes.read)) continue;
    const id = idOfPath(url.pathname);
    const view = id === null ? null : await subject.find({ database }, user, id);
    if (view) return { type, id: view.id, title: view.title, href: portalUrls[portal] + view.path };
  }
  return null;
}
