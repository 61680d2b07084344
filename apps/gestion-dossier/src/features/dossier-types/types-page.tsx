import type { DossierTypeDto } from "@mgs/dossiers/contract/dossier-types";
import { dossierTypePath } from "@mgs/dossiers/links";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Badge } from "@mgs/ui/badge";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { EmptyState } from "@mgs/ui/empty-state";
import { ChevronRight, ListOrdered } from "lucide-react";
import Link from "next/link";
import type { WorkTexts } from "../dossier/work-texts";

/** `/types-de-dossier`: every type, archived ones last. */
export function TypesPage({ texts: { t, locale }, types }: { texts: WorkTexts; types: readonly DossierTypeDto[] }) {
  return (
    <div className="max-w-4xl">
      <PageHeader
        title={t("types.title")}
        intro={t("types.intro")}
        actions={
          <Link href={dossierTypePath("nouveau")} className={buttonStyles({})}>
            {t("types.add")}
          </Link>
        }
      />
      <Card>
        {types.length === 0 ? <EmptyState icon={<ListOrdered />} title={t("create.none")} /> : null}
        <ul aria-label={t("types.title")} className="divide-y divide-line">
          {types.map((type) => (
            <li key={type.id}>
              <Link
                href={dossierTypePath(type.id)}
                className="flex min-h-14 items-center gap-3 px-4 py-3 hover:bg-subtle sm:px-6"
              >
                <span className="min-w-0 flex-1">
                  <span className="block break-words font-medium">{type.name[locale]}</span>
                  <span className="block break-words text-muted text-xs">
                    {[
                      t("types.summary", {
                        fields: type.fields.filter(({ hidden }) => hidden !== true).length,
                        pieces: type.pieces.length,
                      }),
                      type.due_working_days === null
                        ? t("types.noDays")
                        : t("types.days", { days: type.due_working_days }),
                    ].join(" · ")}
                  </span>
                </span>
                {type.archived ? <Badge>{t("types.archived")}</Badge> : null}
                <ChevronRight aria-hidden className="size-4 shrink-0 text-muted rtl:rotate-180" />
              </Link>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}
