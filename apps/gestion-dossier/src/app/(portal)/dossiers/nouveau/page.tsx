import { listTypes } from "@mgs/dossiers/types/list-types";
import { messagesFor } from "@mgs/i18n/catalogue";
import type { Metadata } from "next";
import { NewDossierPage } from "../../../../features/dossier/new-dossier-page";
import { workTexts } from "../../../../features/dossier/work-texts";
import { PageTexts, portal, requireSession } from "../../../../portal";
import { open } from "./open.action";

export async function generateMetadata(): Promise<Metadata> {
  const { user } = await requireSession();
  return { title: messagesFor(user.locale).dossierWork.create.title };
}

type Props = { searchParams: Promise<{ type?: string | string[] }> };

export default async function Page({ searchParams }: Props) {
  const session = await requireSession();
  const { type: asked } = await searchParams;
  const types = (await listTypes(portal.runtime(), portal.actorOf(session))).filter(({ archived }) => !archived);
  const type = types.length === 1 ? types[0] : types.find(({ id }) => String(id) === asked);
  return (
    <PageTexts groups={["sendForm", "draft"]}>
      <NewDossierPage texts={workTexts(session.user.locale)} types={types} type={type} open={open} />
    </PageTexts>
  );
}
