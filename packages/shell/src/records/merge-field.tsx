"use client";
import { Button } from "@mgs/ui/button";
import { Field, type FieldControl } from "@mgs/ui/field";
import { GitCompareArrows } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "../intl";
import { useRecordRoom } from "./record-room";
import type { MergedFields } from "./use-merged-fields";

export type MergeFieldProps = {
  fields: MergedFields;
  name: string;
  label: string;
  description?: string;
  error?: string | undefined;
  className?: string;
  /** Writes a value of the field in words, for the comparison. */
  show?: (value: unknown) => string;
  children: (
    control: FieldControl & { name: string },
    field: { value: unknown; set: (value: unknown) => void },
  ) => ReactNode;
};

const asText = (value: unknown): string => (value === null || value === undefined ? "" : String(value));

/** A field of a record's form. Where a colleague has changed it meanwhile it shows both values, and asks which one stays. */
export function MergeField({ fields, name, label, description, error, className, show, children }: MergeFieldProps) {
  const t = useTranslations("records");
  const { changedBy } = useRecordRoom();
  const conflict = fields.conflicts.find(({ field }) => field === name);
  const write = show ?? asText;
  return (
    <div className={className}>
      <Field
        label={label}
        {...(description === undefined ? {} : { description })}
        error={error}
        {...(name in fields.typed ? { hint: t("unsaved") } : {})}
      >
        {(control) =>
          children({ ...control, name }, { value: fields.valueOf(name), set: (value) => fields.set(name, value) })
        }
      </Field>
      {conflict ? (
        <fieldset
          aria-label={t("conflict.label", { field: label })}
          className="mt-2 grid min-w-0 gap-2 rounded-lg border border-warning-ink/40 bg-warning-soft p-3 text-warning-ink text-xs"
        >
          <p className="flex items-start gap-1.5 font-medium">
            <GitCompareArrows aria-hidden className="mt-px size-3.5 shrink-0" />
            {t("conflict.text", { name: changedBy(name) || t("somebody") })}
          </p>
          <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
            <dt>{t("conflict.mine")}</dt>
            <dd className="min-w-0 whitespace-pre-wrap break-words font-medium">
              {write(conflict.mine) || t("nothing")}
            </dd>
            <dt>{t("conflict.theirs")}</dt>
            <dd className="min-w-0 whitespace-pre-wrap break-words font-medium">
              {write(conflict.theirs) || t("nothing")}
            </dd>
          </dl>
          <div className="flex flex-wrap gap-2">
            <Button size="sm" variant="secondary" onClick={() => fields.resolve(name, "mine")}>
              {t("conflict.keepMine")}
            </Button>
            <Button size="sm" variant="secondary" onClick={() => fields.resolve(name, "theirs")}>
              {t("conflict.takeTheirs")}
            </Button>
          </div>
        </fieldset>
      ) : null}
    </div>
  );
}
