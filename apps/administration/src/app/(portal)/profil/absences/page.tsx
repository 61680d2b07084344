import { absenceTexts } from "@mgs/calendar/absences/absence-texts";
import { listAbsences } from "@mgs/calendar/absences/list-absences";
import { todayOf } from "@mgs/calendar/today";
import { AbsencesPage } from "@mgs/portal/absences/absences-page";
import { currentSession, PageTexts, portal, requireSession } from "../../../../portal";
import { end, name } from "./absences.action";

export async function generateMetadata() {
  const session = await currentSession();
  return { title: absenceTexts(session?.user.locale ?? "fr").t("title") };
}

export default async function Page() {
  const session = await requireSession();
  const runtime = portal.runtime();
  const { own, standing_in } = await listAbsences(runtime, portal.actorOf(session));
  return (
    <PageTexts groups={["sendForm"]}>
      <AbsencesPage
        own={own}
        standingIn={standing_in}
        today={todayOf(runtime.clock)}
        locale={session.user.locale}
        actions={{ name, end }}
      />
    </PageTexts>
  );
}
