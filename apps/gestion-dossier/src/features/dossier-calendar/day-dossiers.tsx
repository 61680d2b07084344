import type { CalendarDay } from "@mgs/dossiers/contract/calendar";
import Link from "next/link";
import type { CalendarTexts } from "./calendar-texts";
import { DueDossier } from "./due-dossier";

type DayDossiersProps = { one: CalendarDay; texts: CalendarTexts };

/** What is due on a day, and the way to what is not shown of it: more room to press for a finger in the agenda than in the grid. */
export function DayDossiers({ one, texts: { t, listOf, restOf } }: DayDossiersProps) {
  const rest = restOf(one);
  return (
    <>
      {one.items.length === 0 ? null : (
        <ul className="grid gap-1.5 lg:mt-1 lg:gap-1">
          {one.items.map((dossier) => (
            <li key={dossier.id} className="min-w-0">
              <DueDossier dossier={dossier} t={t} />
            </li>
          ))}
        </ul>
      )}
      {rest ? (
        <Link
          href={listOf(one)}
          prefetch={false}
          aria-label={rest.label}
          className="inline-flex min-h-control-sm w-fit items-center rounded font-medium text-accent-ink text-sm hover:underline lg:mt-1 lg:min-h-6 lg:px-1 lg:text-xs"
        >
          {rest.text}
        </Link>
      ) : null}
    </>
  );
}
