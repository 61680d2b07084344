import { seanceHistoryPath, seancePath } from "@mgs/dossiers/links";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { ChevronLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getSeanceContext } from "../../../../../features/seances/seance-context";
import { readSeanceHistory, SeanceChanges } from "../../../../../features/seances/seance-history";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ before?: string | string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { seance, texts } = await getSeanceContext((await params).id);
  return { title: texts.page("history.page", { reference: seance.title }) };
}

export default async function Page({ params, searchParams }: Props) {
  const context = await getSeanceContext((await params).id);
  const { seance, texts } = context;
  // A cancelled session has its own page alone, from which it is restored.
  if (seance.deleted_at !== null) notFound();
  const before = (await searchParams).before;
  const start = typeof before === "string" && /^[1-9]\d{0,15}$/.test(before) ? { before } : {};
  const history = await readSeanceHistory(context, start);
  const { t, page } = texts;
  return (
    <div className="max-w-4xl">
      <Link
        href={seancePath(seance.id)}
        className="mb-3 inline-flex min-h-control-sm items-center gap-1 text-accent-ink text-sm"
      >
        <ChevronLeft aria-hidden className="size-4 rtl:rotate-180" />
        {t("seances.historyBack")}
      </Link>
      <PageHeader title={page("history.page", { reference: seance.title })} />
      <Card>
        <SeanceChanges context={context} changes={history.changes} />
      </Card>
      <p className="mt-4 flex flex-wrap gap-2">
        {history.before === null ? null : (
          <Link
            href={`${seanceHistoryPath(seance.id)}?before=${history.before}`}
            className={buttonStyles({ variant: "secondary", size: "sm" })}
          >
            {page("history.older")}
          </Link>
        )}
        {"before" in start ? (
          <Link href={seanceHistoryPath(seance.id)} className={buttonStyles({ variant: "ghost", size: "sm" })}>
            {page("history.newest")}
          </Link>
        ) : null}
      </p>
    </div>
  );
}
