"use client";
import { Input } from "@mgs/ui/input";
import { MergeField, type MergeFieldProps } from "./merge-field";

type MergeTextFieldProps = Omit<MergeFieldProps, "show" | "children"> & { maxCharacters: number; required?: boolean };

/** A line of text of a record's form, as `MergeField` draws it. */
export function MergeTextField({ maxCharacters, required = false, ...field }: MergeTextFieldProps) {
  return (
    <MergeField {...field}>
      {(control, { value, set }) => (
        <Input
          {...control}
          value={String(value)}
          maxLength={maxCharacters}
          autoComplete="off"
          required={required}
          onChange={(event) => set(event.target.value)}
        />
      )}
    </MergeField>
  );
}
