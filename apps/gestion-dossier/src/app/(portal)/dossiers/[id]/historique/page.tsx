import { dossierHistoryPath, dossierPath } from "@mgs/dossiers/links";
import { getDossierFields } from "@mgs/dossiers/record/get-dossier-fields";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { ChevronLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getDossierContext } from "../../../../../features/dossier/dossier-context";
import { ChangeList, readHistory } from "../../../../../features/dossier/dossier-history";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ before?: string | string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { dossier, texts } = await getDossierContext((await params).id);
  return { title: texts.t("history.page", { reference: dossier.reference }) };
}

export default async function Page({ params, searchParams }: Props) {
  const context = await getDossierContext((await params).id);
  const { actor, dossier, runtime, texts } = context;
  const before = (await searchParams).before;
  const start = typeof before === "string" && /^[1-9]\d{0,15}$/.test(before) ? { before } : {};
  const [fields, history] = await Promise.all([
    getDossierFields(runtime, actor, dossier.id),
    readHistory(context, start),
  ]);
  const { t } = texts;
  return (
    <div className="max-w-4xl">
      <Link
        href={dossierPath(dossier.id)}
        className="mb-3 inline-flex min-h-control-sm items-center gap-1 text-accent-ink text-sm"
      >
        <ChevronLeft aria-hidden className="size-4 rtl:rotate-180" />
        {t("history.back")}
      </Link>
      <PageHeader title={t("history.page", { reference: dossier.reference })} intro={dossier.title} />
      <Card>
        <ChangeList context={context} fields={fields} changes={history.changes} />
      </Card>
      <p className="mt-4 flex flex-wrap gap-2">
        {history.before === null ? null : (
          <Link
            href={`${dossierHistoryPath(dossier.id)}?before=${history.before}`}
            className={buttonStyles({ variant: "secondary", size: "sm" })}
          >
            {t("history.older")}
          </Link>
        )}
        {"before" in start ? (
          <Link href={dossierHistoryPath(dossier.id)} className={buttonStyles({ variant: "ghost", size: "sm" })}>
            {t("history.newest")}
          </Link>
        ) : null}
      </p>
    </div>
  );
}
