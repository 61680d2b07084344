import { listHolidays } from "@mgs/calendar/holidays/edit-holidays";
import { holidayTexts } from "@mgs/calendar/holidays/holiday-texts";
import { todayOf } from "@mgs/calendar/today";
import { getPageContext } from "../../../../features/console/console-context";
import { HolidaysPage } from "../../../../features/console/holidays/holidays-page";
import { currentSession } from "../../../../portal";
import { confirm, remove, restore, save } from "./holidays.action";

export async function generateMetadata() {
  const session = await currentSession();
  return { title: holidayTexts(session?.user.locale ?? "fr")("title") };
}

export default async function Page({ searchParams }: { searchParams: Promise<{ annee?: string | string[] }> }) {
  const context = await getPageContext();
  if (!context) return null;
  const { runtime, actor, texts } = context;
  const { annee } = await searchParams;
  const asked = typeof annee === "string" && /^20[2-9]\d$/.test(annee) ? annee : todayOf(runtime.clock).slice(0, 4);
  const year = Number(asked);
  const { holidays, deleted, version, confirmedAt } = await listHolidays(runtime, actor, { year });
  return (
    <HolidaysPage
      texts={texts}
      year={year}
      holidays={holidays}
      deleted={deleted}
      version={version}
      confirmedAt={confirmedAt}
      actions={{ save, remove, restore, confirm }}
    />
  );
}
