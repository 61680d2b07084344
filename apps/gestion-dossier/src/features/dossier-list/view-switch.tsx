import { dossierBoardPath, dossiersPath } from "@mgs/dossiers/links";
import { Segmented, segmentStyles } from "@mgs/ui/segmented";
import { Columns3, List } from "lucide-react";
import Link from "next/link";
import type { DossierTexts } from "./list-context";

/** The two ways to see dossiers. */
export function ViewSwitch({ texts: { t }, current }: { texts: DossierTexts; current: "list" | "board" }) {
  const views = [
    { name: "list", href: dossiersPath(), Icon: List },
    { name: "board", href: dossierBoardPath(), Icon: Columns3 },
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
