import { dossierPermissions } from "@mgs/dossiers/permissions";
import { listTypes } from "@mgs/dossiers/types/list-types";
import { messagesFor } from "@mgs/i18n/catalogue";
import { namesOf } from "@mgs/identity/users/name-of";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { workTexts } from "../../../../features/dossier/work-texts";
import { TypePage } from "../../../../features/dossier-types/type-page";
import { PageTexts, portal, requireSession } from "../../../../portal";

export async function generateMetadata(): Promise<Metadata> {
  const { user } = await requireSession();
  return { title: messagesFor(user.locale).dossierWork.types.title };
}

/** One type, or the form of a new one at `nouveau`. */
export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const session = await requireSession();
  const actor = portal.actorOf(session);
  if (!dossierPermissions.can(actor, "dossier-types.manage")) notFound();
  const { id } = await params;
  const { database } = portal.runtime();
  const type = (await listTypes({ database }, actor)).find((one) => String(one.id) === id);
  if (!type && id !== "nouveau") notFound();
  const assigneeId = type?.default_assignee_id ?? null;
  const name = (await namesOf(database, [assigneeId])).get(assigneeId ?? 0);
  const assignee = assigneeId === null || name === undefined ? null : { id: assigneeId, name };
  return (
    <PageTexts groups={["sendForm", "dossierWork"]}>
      <TypePage texts={workTexts(session.user.locale)} type={type} assignee={assignee} />
    </PageTexts>
  );
}
