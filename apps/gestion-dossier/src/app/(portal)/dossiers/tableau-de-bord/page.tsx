import { readFigures } from "@mgs/dossiers/figures/read-figures";
import { messagesFor } from "@mgs/i18n/catalogue";
import type { Metadata } from "next";
import { FiguresPage } from "../../../../features/dashboard/figures-page";
import { workTexts } from "../../../../features/dossier/work-texts";
import { portal, requireSession } from "../../../../portal";

export async function generateMetadata(): Promise<Metadata> {
  const { user } = await requireSession();
  return { title: messagesFor(user.locale).dossierWork.figures.title };
}

export default async function Page() {
  const session = await requireSession();
  const figures = await readFigures(portal.runtime(), portal.actorOf(session));
  return <FiguresPage texts={workTexts(session.user.locale)} figures={figures} />;
}
