import { dossierBoardPath, dossierCalendarPath, dossiersPath } from "@mgs/dossiers/links";
import { Segmented, segmentStyles } from "@mgs/ui/segmented";
import { CalendarDays, Columns3, List } from "lucide-react";
import Link from "next/link";
import type { DossierTexts } from "./list-context";

type ViewSwitchProps = { texts: DossierTexts; current: "list" | "board" | "calendar" };

/** The ways to see dossiers. */
export function ViewSwitch({ texts: { t }, current }: ViewSwitchProps) {
  const views = [
    { name: "list", href: dossiersPath(), Icon: List },
    { name: "board", href: dossierBoardPath(), Icon: Columns3 },
    { name: "calendar", href: dossierCalendarPath(), Icon: CalendarDays },
  ] as const;
  return (
    <Segmented label={t("list.shape")}>
      {views.map(({ name, href, Icon }) => (
        <Link
          key={name}
          href={href}
          prefetch={false}
          aria-current={name === current ? "page" : undefined}
          className={segmentStyles(name === current)}
        >
          <Icon aria-hidden className="size-4" />
          {t(`list.${name}`)}
        </Link>
      ))}
    </Segmented>
  );
}
