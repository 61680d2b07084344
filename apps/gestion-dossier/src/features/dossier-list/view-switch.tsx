import { dossierBoardPath, dossierCalendarPath, dossiersPath } from "@mgs/dossiers/links";
import { type ListSearch, listHref } from "@mgs/shell/table/list-query";
import { Segmented, segmentStyles } from "@mgs/ui/segmented";
import { CalendarDays, Columns3, List } from "lucide-react";
import Link from "next/link";
import { WORK_FILTERS } from "./dossier-fields";
import type { DossierTexts } from "./list-context";

type ViewSwitchProps = {
  texts: DossierTexts;
  current: "list" | "board" | "calendar";
  /** The parameters of the page. */
  values: ListSearch["values"];
};

/** The ways to see dossiers; each shows the same ones, as far as it has the filters. */
export function ViewSwitch({ texts: { t }, current, values }: ViewSwitchProps) {
  const shared = Object.fromEntries(
    ["search", ...WORK_FILTERS].flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
  const views = [
    { name: "list", href: listHref(dossiersPath(), shared), Icon: List },
    { name: "board", href: listHref(dossierBoardPath(), shared), Icon: Columns3 },
    { name: "calendar", href: listHref(dossierCalendarPath(), shared), Icon: CalendarDays },
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
