import { holidayTexts } from "@mgs/calendar/holidays/holiday-texts";
import type { DeletedHolidayRow, HolidayRow } from "@mgs/calendar/holidays.repository";
import { holidaysPath } from "@mgs/calendar/links";
import { ActionButton } from "@mgs/shell/actions/action-button";
import { ActionField, ActionForm } from "@mgs/shell/actions/action-form";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { FormValues } from "@mgs/shell/actions/form-values";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Alert } from "@mgs/ui/alert";
import { buttonStyles } from "@mgs/ui/button";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { EmptyState } from "@mgs/ui/empty-state";
import { CalendarDays } from "lucide-react";
import Link from "next/link";
import type { ConsoleTexts } from "../texts";

type HolidaysPageProps = {
  texts: ConsoleTexts;
  year: number;
  holidays: readonly HolidayRow[];
  /** Those that were taken away, and can be restored. */
  deleted: readonly DeletedHolidayRow[];
  /** Of the list: what is confirmed is what was looked at. */
  version: string;
  confirmedAt: Date | null;
  actions: {
    save: (values: FormValues) => Promise<ActionResult>;
    remove: (day: string) => Promise<ActionResult>;
    restore: (day: string) => Promise<ActionResult>;
    confirm: (year: number, version: string) => Promise<ActionResult>;
  };
};

/** `/console/jours-feries`: the days of a year on which nobody works, which an administrator edits and confirms. */
export function HolidaysPage({ texts, year, holidays, deleted, version, confirmedAt, actions }: HolidaysPageProps) {
  const t = holidayTexts(texts.locale);
  const day = new Intl.DateTimeFormat(texts.locale, { dateStyle: "full", timeZone: "UTC" });
  const write = (date: string) => day.format(new Date(`${date}T00:00:00Z`));
  const nameOf = (row: HolidayRow) => (texts.locale === "fr" ? row.nameFr : row.nameEn);
  return (
    <div className="grid max-w-3xl gap-6">
      <PageHeader
        title={t("title")}
        intro={t("intro")}
        actions={
          <nav aria-label={t("years")} className="flex gap-2">
            {[year - 1, year + 1].map((other) => (
              <Link
                key={other}
                href={holidaysPath({ annee: String(other) })}
                className={buttonStyles({ variant: "secondary", size: "sm" })}
              >
                {other}
              </Link>
            ))}
          </nav>
        }
      />
      {confirmedAt ? (
        <Alert tone="success">
          {t("confirmedOn", { year: String(year), date: texts.dateTime(confirmedAt.toISOString()) })}
        </Alert>
      ) : (
        <Alert tone="warning" title={t("unconfirmed", { year: String(year) })}>
          <p>{t("unconfirmedHint")}</p>
          <div className="mt-3">
            <ActionButton action={actions.confirm.bind(null, year, version)}>
              {t("confirm", { year: String(year) })}
            </ActionButton>
          </div>
        </Alert>
      )}
      <Card>
        <CardHeader title={t("ofYear", { year: String(year) })} icon={<CalendarDays aria-hidden />} />
        {holidays.length > 0 ? (
          <ul className="divide-y divide-line">
            {holidays.map((row) => (
              <li key={row.day} data-holiday={row.day} className="flex flex-wrap items-center gap-3 px-4 py-3 sm:px-6">
                <div className="min-w-0 flex-1 basis-56">
                  <p className="break-words font-medium">{nameOf(row)}</p>
                  <p className="text-muted text-xs">{write(row.day)}</p>
                </div>
                <ActionButton
                  variant="ghost"
                  size="sm"
                  label={t("removeLabel", { name: nameOf(row) })}
                  action={actions.remove.bind(null, row.day)}
                  confirm={{
                    title: t("removeTitle"),
                    text: t("removeText", { name: nameOf(row), date: write(row.day) }),
                    submit: t("remove"),
                    cancel: texts.t("cancel"),
                    close: texts.t("close"),
                    danger: true,
                  }}
                >
                  {t("remove")}
                </ActionButton>
              </li>
            ))}
          </ul>
        ) : (
          <EmptyState icon={<CalendarDays />} title={t("none", { year: String(year) })} />
        )}
        {deleted.length > 0 ? (
          <details className="border-line border-t px-4 py-3 sm:px-6">
            <summary className="flex min-h-6 items-center text-muted text-sm hover:text-ink">
              {t("deleted", { count: deleted.length })}
            </summary>
            <p className="py-1 text-muted text-xs">{t("deletedHint")}</p>
            <ul className="divide-y divide-line">
              {deleted.map((row) => (
                <li key={row.day} data-deleted-holiday={row.day} className="flex flex-wrap items-center gap-3 py-3">
                  <div className="min-w-0 flex-1 basis-56">
                    <p className="break-words">{nameOf(row)}</p>
                    <p className="text-muted text-xs">{write(row.day)}</p>
                  </div>
                  <ActionButton
                    variant="secondary"
                    size="sm"
                    label={t("restoreLabel", { name: nameOf(row) })}
                    action={actions.restore.bind(null, row.day)}
                  >
                    {t("restore")}
                  </ActionButton>
                </li>
              ))}
            </ul>
          </details>
        ) : null}
      </Card>
      <Card>
        <CardHeader title={t("add")} />
        <CardBody>
          <ActionForm action={actions.save} submit={t("save")} resets>
            <ActionField name="day" type="date" label={t("day")} defaultValue={`${year}-01-01`} required />
            <div className="grid gap-4 sm:grid-cols-2">
              <ActionField name="name_fr" label={t("nameFr")} maxLength={100} required />
              <ActionField name="name_en" label={t("nameEn")} maxLength={100} required />
            </div>
          </ActionForm>
        </CardBody>
      </Card>
    </div>
  );
}
