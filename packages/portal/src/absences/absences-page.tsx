import { absenceTexts } from "@mgs/calendar/absences/absence-texts";
import type { AbsenceDto } from "@mgs/calendar/contract/absence";
import type { Locale } from "@mgs/core/locale";
import { messagesFor } from "@mgs/i18n/catalogue";
import { ActionButton } from "@mgs/shell/actions/action-button";
import { ActionField, ActionForm } from "@mgs/shell/actions/action-form";
import { ActionPerson } from "@mgs/shell/actions/action-person";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { FormValues } from "@mgs/shell/actions/form-values";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Badge } from "@mgs/ui/badge";
import { Card } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { EmptyState } from "@mgs/ui/empty-state";
import { CalendarPlus, CalendarX, UserRoundCheck } from "lucide-react";
import type { ReactNode } from "react";

export type AbsenceActions = {
  name: (values: FormValues) => Promise<ActionResult>;
  end: (id: string) => Promise<ActionResult>;
};

type AbsencesPageProps = {
  own: readonly AbsenceDto[];
  standingIn: readonly AbsenceDto[];
  /** `2026-11-30`, in Madagascar. */
  today: string;
  locale: Locale;
  actions: AbsenceActions;
};

/** `/profil/absences`: when the person is away and who stands in, and for whom they stand in themself. */
export function AbsencesPage({ own, standingIn, today, locale, actions }: AbsencesPageProps) {
  const { t } = absenceTexts(locale);
  return (
    <div className="grid max-w-3xl gap-6">
      <PageHeader title={t("title")} intro={t("intro")} />
      <Card>
        <CardHeader title={t("own")} icon={<CalendarX aria-hidden />} />
        {own.length > 0 ? (
          <ul className="divide-y divide-line">
            {own.map((absence) => (
              <AbsenceItem key={absence.id} absence={absence} locale={locale} name={absence.substitute.name} isOwn>
                <EndButton absence={absence} locale={locale} end={actions.end} />
              </AbsenceItem>
            ))}
          </ul>
        ) : (
          <EmptyState icon={<CalendarX />} title={t("noOwn")} text={t("noOwnHint")} />
        )}
      </Card>
      <Card>
        <CardHeader title={t("add")} icon={<CalendarPlus aria-hidden />} />
        <div className="p-4 sm:p-6">
          <ActionForm action={actions.name} submit={t("submit")} resets>
            <ActionPerson
              name="substitute_id"
              label={t("substitute")}
              placeholder={t("substituteHint")}
              listLabel={t("results")}
            />
            <div className="grid gap-4 sm:grid-cols-2">
              <ActionField name="first_day" type="date" label={t("first")} min={today} defaultValue={today} required />
              <ActionField name="last_day" type="date" label={t("last")} min={today} required />
            </div>
          </ActionForm>
        </div>
      </Card>
      <Card>
        <CardHeader title={t("standingIn")} icon={<UserRoundCheck aria-hidden />} />
        {standingIn.length > 0 ? (
          <ul className="divide-y divide-line">
            {standingIn.map((absence) => (
              <AbsenceItem key={absence.id} absence={absence} locale={locale} name={absence.user.name} />
            ))}
          </ul>
        ) : (
          <p className="px-4 py-5 text-muted sm:px-6">{t("noStandingIn")}</p>
        )}
      </Card>
    </div>
  );
}

type ItemProps = { absence: AbsenceDto; locale: Locale; name: string; isOwn?: boolean; children?: ReactNode };

/** One absence: who, from when until when, and whether it is on. */
function AbsenceItem({ absence, locale, name, isOwn = false, children }: ItemProps) {
  const { t } = absenceTexts(locale);
  return (
    <li data-absence={absence.id} className="flex flex-wrap items-center gap-3 px-4 py-4 sm:px-6">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 break-words font-medium">{t(isOwn ? "replacedBy" : "from", { name })}</span>
          {absence.is_on ? <Badge tone="accent">{t("now")}</Badge> : null}
        </p>
        <p className="text-muted text-xs">{daysOf(absence, locale)}</p>
      </div>
      {children}
    </li>
  );
}

function EndButton({ absence, locale, end }: { absence: AbsenceDto; locale: Locale; end: AbsenceActions["end"] }) {
  const { t, day } = absenceTexts(locale);
  return (
    <ActionButton
      variant="secondary"
      size="sm"
      action={end.bind(null, absence.id)}
      label={t("endLabel", { first: day(absence.first_day), last: day(absence.last_day) })}
      confirm={{
        title: t("endTitle"),
        text: t("endText", { name: absence.substitute.name }),
        submit: t("end"),
        cancel: t("cancel"),
        close: messagesFor(locale).shell.close,
        danger: true,
      }}
    >
      {t("end")}
    </ActionButton>
  );
}

function daysOf(absence: AbsenceDto, locale: Locale): string {
  const { t, day } = absenceTexts(locale);
  const first = day(absence.first_day);
  return absence.first_day === absence.last_day
    ? t("oneDay", { first })
    : t("days", { first, last: day(absence.last_day) });
}
