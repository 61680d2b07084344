"use client";
import type { DossierField } from "@mgs/dossiers/contract/dossier-types";
import { DOSSIER_SETS, type DossierValues, toEditBody } from "@mgs/dossiers/contract/form-values";
import { CONCERNED_KINDS, MAX_CHARACTERS, PRIORITIES } from "@mgs/dossiers/contract/rules";
import { useSocketId } from "@mgs/realtime/react";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { useTranslations } from "@mgs/shell/intl";
import { PersonPicker } from "@mgs/shell/people/person-field";
import { MergeField } from "@mgs/shell/records/merge-field";
import { MergeTextField } from "@mgs/shell/records/merge-text-field";
import { RecordForm } from "@mgs/shell/records/record-form";
import { useRecordForm } from "@mgs/shell/records/use-record-form";
import { Input } from "@mgs/ui/input";
import { Select } from "@mgs/ui/select";
import { Textarea } from "@mgs/ui/textarea";
import { useRef } from "react";
import { CustomField } from "./custom-field";
import { TagsInput } from "./tags-input";

export type SaveAction = (
  dossierId: number,
  body: Readonly<Record<string, unknown>>,
  socketId: string | undefined,
) => Promise<ActionResult>;

type DossierFormProps = {
  dossierId: number;
  values: DossierValues;
  version: number;
  /** Fields of the dossier's type. */
  fields: readonly DossierField[];
  assignee: { id: number; name: string } | null;
  save: SaveAction;
};

/** The form of a dossier. Colleagues' changes come into it while it is filled in; what is typed stays. */
export function DossierForm({ dossierId, values, version, fields: own, assignee, save }: DossierFormProps) {
  const t = useTranslations("dossierPage");
  const words = useTranslations("dossiers");
  const socketId = useSocketId();
  const state = useRecordForm({
    draft: `dossier:${dossierId}`,
    ...{ values, sets: DOSSIER_SETS },
    save: (typed) => save(dossierId, toEditBody(typed, values, version), socketId()),
  });
  const people = useRef(new Map<number, string>());
  if (assignee) people.current.set(assignee.id, assignee.name);
  const personOf = (id: unknown) => (typeof id === "number" ? { id, name: people.current.get(id) ?? "" } : null);
  const { fields, errorOf } = state;
  const field = (name: string) => ({ fields, name, error: errorOf(name) });

  return (
    <RecordForm state={state}>
      <MergeTextField
        {...field("title")}
        label={t("fields.title")}
        className="sm:col-span-2"
        maxCharacters={MAX_CHARACTERS.title}
        required
      />
      <MergeField {...field("description")} label={t("fields.description")} className="sm:col-span-2">
        {(control, { value, set }) => (
          <Textarea {...control} value={String(value)} onChange={(event) => set(event.target.value)} />
        )}
      </MergeField>
      <MergeField
        {...field("concerned_kind")}
        error={errorOf("concerned.kind")}
        label={t("fields.concerned_kind")}
        show={(value) =>
          value === "entreprise" ? words("concernedKinds.entreprise") : words("concernedKinds.personne")
        }
      >
        {(control, { value, set }) => (
          <Select {...control} value={String(value)} onChange={(event) => set(event.target.value)}>
            {CONCERNED_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {words(`concernedKinds.${kind}`)}
              </option>
            ))}
          </Select>
        )}
      </MergeField>
      <MergeTextField
        {...field("concerned_name")}
        error={errorOf("concerned.name")}
        label={t("fields.concerned_name")}
        maxCharacters={MAX_CHARACTERS.concerned}
        required
      />
      <MergeTextField
        {...field("concerned_contact")}
        error={errorOf("concerned.contact")}
        label={t("fields.concerned_contact")}
        maxCharacters={MAX_CHARACTERS.contact}
      />
      <MergeField
        {...field("assignee_id")}
        label={t("fields.assignee_id")}
        show={(value) => personOf(value)?.name || t("nobody")}
      >
        {({ name: _, ...control }, { value, set }) => (
          <PersonPicker
            {...control}
            value={personOf(value)}
            onChange={(person) => {
              if (person) people.current.set(person.id, person.name);
              set(person?.id ?? null);
            }}
          />
        )}
      </MergeField>
      <MergeField
        {...field("priority")}
        label={t("fields.priority")}
        show={(value) => {
          const priority = PRIORITIES.find((known) => known === value);
          return priority ? words(`priorities.${priority}`) : "";
        }}
      >
        {(control, { value, set }) => (
          <Select {...control} value={String(value)} onChange={(event) => set(event.target.value)}>
            {PRIORITIES.map((priority) => (
              <option key={priority} value={priority}>
                {words(`priorities.${priority}`)}
              </option>
            ))}
          </Select>
        )}
      </MergeField>
      <MergeField {...field("due_on")} label={t("fields.due_on")}>
        {(control, { value, set }) => (
          <Input
            {...control}
            type="date"
            value={String(value ?? "")}
            onChange={(event) => set(event.target.value || null)}
          />
        )}
      </MergeField>
      <MergeField
        {...field("tags")}
        label={t("fields.tags")}
        description={t("tagsHelp")}
        show={(value) => (Array.isArray(value) ? value.join(", ") : "")}
      >
        {(control, { value, set }) => (
          <TagsInput {...control} value={Array.isArray(value) ? value.map(String) : []} onChange={set} />
        )}
      </MergeField>
      {own.map((one) => (
        <CustomField key={one.key} field={one} merge={field(`custom.${one.key}`)} />
      ))}
    </RecordForm>
  );
}
