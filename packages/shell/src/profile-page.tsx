"use client";
import { isLocale, isTheme, LOCALES, THEMES } from "@mgs/core/locale";
import { Avatar } from "@mgs/ui/avatar";
import { Badge } from "@mgs/ui/badge";
import { buttonStyles } from "@mgs/ui/button";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { Field } from "@mgs/ui/field";
import { Select } from "@mgs/ui/select";
import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useId, useState } from "react";
import { useTimeZone, useTranslations } from "./intl";
import { PageHeader } from "./layout/page-header";
import { usePreferences } from "./layout/preferences";
import { useShell } from "./shell-context";

type ProfilePageProps = {
  /** Names of the time zones that the server knows; browsers know others. */
  timeZones: readonly string[];
  /** Administration's page about passkeys, second factor and password. */
  security: string;
};

/** `/profil`: the person's account, and their language, theme and time zone. */
export function ProfilePage({ timeZones, security }: ProfilePageProps) {
  const t = useTranslations("shell");
  const page = useTranslations("profile");
  const { user, portals } = useShell();
  return (
    <div className="max-w-3xl">
      <PageHeader title={page("title")} intro={page("intro")} />
      <div className="grid gap-6">
        <Card>
          <CardHeader title={page("identity")} description={page("managed")} />
          <CardBody className="flex flex-col gap-6 sm:flex-row">
            <Avatar name={user.name} size="lg" />
            <dl className="grid min-w-0 flex-1 grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-6 gap-y-3">
              <Fact term={page("name")}>
                <bdi>{user.name}</bdi>
              </Fact>
              <Fact term={page("email")}>
                <bdi>{user.email}</bdi>
              </Fact>
              <Fact term={page("role")}>
                <bdi>{user.roleName}</bdi>
              </Fact>
              <Fact term={page("portals")}>
                <span className="flex flex-wrap gap-1">
                  {portals.map(({ portal }) => (
                    <Badge key={portal}>{t(`portals.${portal}`)}</Badge>
                  ))}
                </span>
              </Fact>
            </dl>
          </CardBody>
        </Card>
        <Card>
          <CardHeader
            icon={<ShieldCheck aria-hidden />}
            title={page("security")}
            description={page("securityText")}
            action={
              <Link href={security} className={buttonStyles({ variant: "secondary", size: "sm" })}>
                {page("securityOpen")}
              </Link>
            }
          />
        </Card>
        <PreferencesCard timeZones={timeZones} />
      </div>
    </div>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{term}</dt>
      <dd className="min-w-0 break-words font-medium">{children}</dd>
    </>
  );
}

function PreferencesCard({ timeZones }: Pick<ProfilePageProps, "timeZones">) {
  const t = useTranslations("shell");
  const page = useTranslations("profile");
  const { locale, theme, timeZone, chooseLocale, chooseTheme, chooseTimeZone } = usePreferences();
  const [saved, setSaved] = useState(false);
  return (
    <Card>
      <CardHeader
        title={page("preferences")}
        action={
          <span role="status" className="text-success-ink text-xs">
            {saved ? page("saved") : ""}
          </span>
        }
      />
      <CardBody className="grid gap-6">
        <Choice
          legend={t("user.language")}
          value={locale}
          options={LOCALES.map((value) => ({ value, label: t(`locales.${value}`) }))}
          onChange={async (value) => isLocale(value) && setSaved(await chooseLocale(value))}
        />
        <Choice
          legend={t("user.theme")}
          value={theme}
          options={THEMES.map((value) => ({ value, label: t(`themes.${value}`) }))}
          onChange={async (value) => isTheme(value) && setSaved(await chooseTheme(value))}
        />
        <ZoneChoice
          value={timeZone}
          timeZones={timeZones}
          onChange={async (value) => setSaved(await chooseTimeZone(value))}
        />
      </CardBody>
    </Card>
  );
}

type ZoneChoiceProps = Pick<ProfilePageProps, "timeZones"> & {
  value: string | null;
  onChange: (value: string | null) => void;
};

function ZoneChoice({ value, timeZones, onChange }: ZoneChoiceProps) {
  const t = useTranslations("profile");
  const current = useTimeZone();
  const choices = value === null || timeZones.includes(value) ? timeZones : [value, ...timeZones];
  return (
    <Field label={t("timeZone")} description={t("timeZoneHint", { zone: zoneLabel(current) })} className="max-w-sm">
      {(aria) => (
        <Select
          {...aria}
          value={value ?? ""}
          onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
        >
          <option value="">{t("browserZone")}</option>
          {choices.map((zone) => (
            <option key={zone} value={zone}>
              {zoneLabel(zone)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** `America/New_York` as people read it. */
const zoneLabel = (zone: string) => zone.replaceAll("_", " ");

type ChoiceProps = {
  legend: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
};

function Choice({ legend, value, options, onChange }: ChoiceProps) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-2 font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-2">
        {options.map((option) => (
          <label
            key={option.value}
            className="inline-flex h-control cursor-pointer items-center gap-2 rounded-lg border border-line px-3 transition-colors hover:bg-subtle has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2 has-checked:border-accent has-checked:bg-accent-soft has-checked:text-accent-ink"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="size-4 accent-accent outline-none"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
