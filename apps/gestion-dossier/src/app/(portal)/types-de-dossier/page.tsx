import { dossierPermissions } from "@mgs/dossiers/permissions";
import { listTypes } from "@mgs/dossiers/types/list-types";
import { messagesFor } from "@mgs/i18n/catalogue";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { workTexts } from "../../../features/dossier/work-texts";
import { TypesPage } from "../../../features/dossier-types/types-page";
import { portal, requireSession } from "../../../portal";

export async function generateMetadata(): Promise<Metadata> {
  const { user } = await requireSession();
  return { title: messagesFor(user.locale).dossierWork.types.title };
}

export default async function Page() {
  const session = await requireSession();
  const actor = portal.actorOf(session);
  if (!dossierPermissions.can(actor, "dossier-types.manage")) notFound();
  return <TypesPage texts={workTexts(session.user.locale)} types={await listTypes(portal.runtime(), actor)} />;
}
