import type { DossierField } from "@mgs/dossiers/contract/dossier-types";
import { toFormValues } from "@mgs/dossiers/contract/form-values";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { ExternalLink } from "lucide-react";
import type { DossierContext } from "./dossier-context";
import { createValueWriter } from "./write-value";

/** What a dossier says, for those who may not change it. */
export function DossierFacts({ context, fields }: { context: DossierContext; fields: readonly DossierField[] }) {
  const { dossier, texts } = context;
  const names = new Map(dossier.assignee ? [[dossier.assignee.id, dossier.assignee.name]] : []);
  const { label, write } = createValueWriter(texts, fields, names);
  return (
    <Card>
      <CardHeader title={texts.t("about")} />
      <CardBody>
        <dl className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
          {Object.entries(toFormValues(dossier))
            .filter(([field]) => field !== "title")
            .map(([field, value]) => (
              <div key={field} className={field === "description" ? "sm:col-span-2" : undefined}>
                <dt className="text-muted text-xs">{label(field)}</dt>
                <dd className="mt-0.5 whitespace-pre-wrap break-words">{write(field, value)}</dd>
              </div>
            ))}
        </dl>
      </CardBody>
    </Card>
  );
}

/** Who opened the dossier, and what it was opened from. */
export function DossierOrigin({ context: { dossier, texts } }: { context: DossierContext }) {
  const { t, dateTime } = texts;
  const date = dateTime(dossier.created_at);
  return (
    <div className="grid gap-1 px-1 text-muted text-xs">
      <p className="break-words">
        {dossier.created_by ? t("opened", { date, name: dossier.created_by.name }) : t("openedAnonymously", { date })}
      </p>
      {dossier.origin ? (
        <a
          href={dossier.origin.url}
          rel="noreferrer"
          className="inline-flex min-w-0 items-start gap-1.5 text-accent-ink hover:underline"
        >
          <ExternalLink aria-hidden className="mt-px size-3.5 shrink-0" />
          <span className="min-w-0 break-words">
            {t("origin", { title: dossier.origin.title || dossier.origin.portal })}
          </span>
        </a>
      ) : null}
    </div>
  );
}
