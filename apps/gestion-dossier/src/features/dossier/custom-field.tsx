"use client";
import type { DossierField } from "@mgs/dossiers/contract/dossier-types";
import { useLocale, useTranslations } from "@mgs/shell/intl";
import { MergeField } from "@mgs/shell/records/merge-field";
import { Input } from "@mgs/ui/input";
import { Select } from "@mgs/ui/select";
import type { ComponentProps } from "react";

type CustomFieldProps = {
  field: DossierField;
  merge: Pick<ComponentProps<typeof MergeField>, "fields" | "name" | "error">;
};

/** A field of the dossier's own type. */
export function CustomField({ field: { kind, label, choices = [], required }, merge }: CustomFieldProps) {
  const t = useTranslations("dossierPage");
  const locale = useLocale();
  const show = (value: unknown) => (typeof value === "boolean" ? t(value ? "yes" : "no") : String(value ?? ""));
  return (
    <MergeField {...merge} label={label[locale]} show={show}>
      {(control, { value, set }) => {
        if (kind === "choice" || kind === "yes-no") {
          const options =
            kind === "choice"
              ? choices.map((choice) => [choice, choice])
              : [
                  ["true", t("yes")],
                  ["false", t("no")],
                ];
          return (
            <Select
              {...control}
              value={value === undefined || value === null ? "" : String(value)}
              required={required}
              onChange={({ target }) =>
                set(target.value === "" ? null : kind === "choice" ? target.value : target.value === "true")
              }
            >
              <option value="">{t("empty")}</option>
              {options.map(([key, text]) => (
                <option key={key} value={key}>
                  {text}
                </option>
              ))}
            </Select>
          );
        }
        return (
          <Input
            {...control}
            type={kind}
            step="any"
            value={String(value ?? "")}
            required={required}
            onChange={({ target }) =>
              set(target.value === "" ? null : kind === "number" ? Number(target.value) : target.value)
            }
          />
        );
      }}
    </MergeField>
  );
}
