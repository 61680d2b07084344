"use client";
import {
  type DossierField,
  FIELD_KINDS,
  type FieldKind,
  type RequiredPiece,
} from "@mgs/dossiers/contract/dossier-types";
import { useTranslations } from "@mgs/shell/intl";
import { Button } from "@mgs/ui/button";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { Select } from "@mgs/ui/select";
import { Textarea } from "@mgs/ui/textarea";
import { Check, RowFrame, RowGroup, useRows } from "./row-parts";

/** A field of the form: `key` is empty until it is stored. */
type FieldRow = Omit<DossierField, "choices" | "hidden"> & { choices: string; hidden: boolean };

/** The own fields of a type, as a control of its form: it posts them as JSON. */
export function FieldRows({ initial }: { initial: readonly DossierField[] }) {
  const t = useTranslations("dossierWork");
  const { rows, add, change, remove, move } = useRows<FieldRow>(
    initial.map((field) => ({ ...field, choices: (field.choices ?? []).join("\n"), hidden: field.hidden === true })),
  );
  const posted = rows.map(({ value: { choices, ...field } }) => ({
    ...field,
    ...(field.kind === "choice"
      ? {
          choices: choices
            .split("\n")
            .map((one) => one.trim())
            .filter(Boolean),
        }
      : {}),
  }));
  return (
    <RowGroup legend={t("types.fields")} hint={t("types.fieldsHint")} name="fields">
      <input type="hidden" name="fields" value={JSON.stringify(posted)} readOnly />
      {rows.map(({ row, value }, place) => (
        <RowFrame
          key={row}
          title={t("types.field", { number: place + 1 })}
          name={value.label.fr || t("types.unnamed")}
          error={`fields.${place}`}
          isFirst={place === 0}
          isLast={place === rows.length - 1}
          onMove={(by) => move(place, by)}
          // What dossiers may have values of is hidden, not removed.
          onRemove={value.key === "" ? () => remove(row) : undefined}
        >
          <Field label={t("types.labelFr")}>
            {(control) => (
              <Input
                {...control}
                value={value.label.fr}
                maxLength={100}
                onChange={({ target }) => change(row, { ...value, label: { ...value.label, fr: target.value } })}
              />
            )}
          </Field>
          <Field label={t("types.labelEn")}>
            {(control) => (
              <Input
                {...control}
                value={value.label.en}
                maxLength={100}
                onChange={({ target }) => change(row, { ...value, label: { ...value.label, en: target.value } })}
              />
            )}
          </Field>
          <Field label={t("types.kind")}>
            {(control) => (
              <Select
                {...control}
                value={value.kind}
                disabled={value.key !== ""}
                onChange={({ target }) => change(row, { ...value, kind: target.value as FieldKind })}
              >
                {FIELD_KINDS.map((kind) => (
                  <option key={kind} value={kind}>
                    {t(`types.kinds.${kind}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {value.kind === "choice" ? (
            <Field label={t("types.choices")} description={t("types.choicesHint")}>
              {(control) => (
                <Textarea
                  {...control}
                  value={value.choices}
                  onChange={({ target }) => change(row, { ...value, choices: target.value })}
                />
              )}
            </Field>
          ) : null}
          <div className="flex flex-wrap gap-x-6 sm:col-span-2">
            <Check
              label={t("types.required")}
              checked={value.required}
              onChange={(required) => change(row, { ...value, required })}
            />
            {value.key === "" ? null : (
              <Check
                label={t("types.hidden")}
                checked={value.hidden}
                onChange={(hidden) => change(row, { ...value, hidden })}
              />
            )}
          </div>
        </RowFrame>
      ))}
      <Button
        variant="secondary"
        size="sm"
        onClick={() =>
          add({ key: "", label: { fr: "", en: "" }, kind: "text", required: false, choices: "", hidden: false })
        }
      >
        {t("types.addField")}
      </Button>
    </RowGroup>
  );
}

/** The checklist of a type, as a control of its form: it posts it as JSON. */
export function PieceRows({ initial }: { initial: readonly RequiredPiece[] }) {
  const t = useTranslations("dossierWork");
  const { rows, add, change, remove, move } = useRows<RequiredPiece>(initial);
  return (
    <RowGroup legend={t("types.pieces")} name="pieces">
      <input type="hidden" name="pieces" value={JSON.stringify(rows.map(({ value }) => value))} readOnly />
      {rows.map(({ row, value }, place) => (
        <RowFrame
          key={row}
          title={t("types.piece", { number: place + 1 })}
          name={value.name || t("types.unnamed")}
          error={`pieces.${place}`}
          isFirst={place === 0}
          isLast={place === rows.length - 1}
          onMove={(by) => move(place, by)}
          onRemove={() => remove(row)}
        >
          <Field label={t("types.pieceName")} className="sm:col-span-2">
            {(control) => (
              <Input
                {...control}
                value={value.name}
                maxLength={100}
                onChange={({ target }) => change(row, { ...value, name: target.value })}
              />
            )}
          </Field>
          <Check
            label={t("types.required")}
            checked={value.required}
            onChange={(required) => change(row, { ...value, required })}
          />
        </RowFrame>
      ))}
      <Button variant="secondary" size="sm" onClick={() => add({ name: "", required: true })}>
        {t("types.addPiece")}
      </Button>
    </RowGroup>
  );
}
