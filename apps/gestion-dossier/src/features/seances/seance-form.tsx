"use client";
import { MAX_CHARACTERS } from "@mgs/dossiers/contract/rules";
import { useSocketId } from "@mgs/realtime/react";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { MergeField } from "@mgs/shell/records/merge-field";
import { MergeTextField } from "@mgs/shell/records/merge-text-field";
import { RecordForm } from "@mgs/shell/records/record-form";
import { useRecordForm } from "@mgs/shell/records/use-record-form";
import { Input } from "@mgs/ui/input";
import { Select } from "@mgs/ui/select";

type Typed = Readonly<Record<string, unknown>>;

type SeanceFormProps = {
  seanceId: number;
  /** The fields as controls have them: times by the clock of Madagascar, the dossier by its number. */
  values: Typed;
  version: number;
  /** Texts of the page, which stay on the server but for these. */
  labels: Readonly<
    Record<
      | "title"
      | "starts_at"
      | "ends_at"
      | "zone"
      | "place"
      | "dossier_id"
      | "dossierHint"
      | "is_public"
      | "publicHint"
      | "yes"
      | "no",
      string
    >
  >;
  save: (id: number, typed: Typed, version: number, socketId: string | undefined) => Promise<ActionResult>;
};

const NO_SETS: ReadonlySet<string> = new Set();

/** The form of a session. Colleagues' changes come into it while it is filled in; what is typed stays. */
export function SeanceForm({ seanceId, values, version, labels, save }: SeanceFormProps) {
  const socketId = useSocketId();
  const state = useRecordForm({
    ...{ draft: `seance:${seanceId}`, values, sets: NO_SETS },
    save: (typed) => save(seanceId, typed, version, socketId()),
  });
  const { fields, errorOf } = state;
  const field = (name: string) => ({ fields, name, error: errorOf(name) });
  return (
    <RecordForm state={state}>
      <MergeTextField
        {...field("title")}
        label={labels.title}
        className="sm:col-span-2"
        maxCharacters={MAX_CHARACTERS.title}
        required
      />
      {(["starts_at", "ends_at"] as const).map((name) => (
        <MergeField
          key={name}
          {...field(name)}
          label={labels[name]}
          description={labels.zone}
          show={(value) => String(value).replace("T", " ")}
        >
          {(control, { value, set }) => (
            <Input
              {...control}
              type="datetime-local"
              value={String(value)}
              required
              onChange={(event) => set(event.target.value)}
            />
          )}
        </MergeField>
      ))}
      <MergeTextField {...field("place")} label={labels.place} maxCharacters={MAX_CHARACTERS.place} />
      <MergeTextField
        {...field("dossier_id")}
        label={labels.dossier_id}
        description={labels.dossierHint}
        maxCharacters={40}
      />
      <MergeField
        {...field("is_public")}
        label={labels.is_public}
        description={labels.publicHint}
        className="sm:col-span-2"
        show={(value) => (value === true ? labels.yes : labels.no)}
      >
        {(control, { value, set }) => (
          <Select {...control} value={String(value)} onChange={(event) => set(event.target.value === "true")}>
            <option value="false">{labels.no}</option>
            <option value="true">{labels.yes}</option>
          </Select>
        )}
      </MergeField>
    </RecordForm>
  );
}
