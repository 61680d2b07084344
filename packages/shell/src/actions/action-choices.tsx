"use client";
import { Field } from "@mgs/ui/field";
import { Select } from "@mgs/ui/select";
import { useFieldError } from "./action-form";

export type Choice = { value: string; label: string };

type ActionSelectProps = {
  name: string;
  label: string;
  description?: string;
  options: readonly Choice[];
  defaultValue?: string;
  required?: boolean;
  className?: string;
};

/** A choice of an `ActionForm`, with its label and error. */
export function ActionSelect({
  name,
  label,
  description,
  options,
  defaultValue,
  required,
  className,
}: ActionSelectProps) {
  const error = useFieldError(name);
  return (
    <Field label={label} description={description} error={error} className={className}>
      {(control) => (
        <Select {...control} name={name} defaultValue={defaultValue} required={required}>
          {options.map(({ value, label: text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

type ActionChecksProps = {
  /** Ends in `[]`: the action gets a list. */
  name: `${string}[]`;
  legend: string;
  options: readonly (Choice & { checked: boolean })[];
  disabled?: boolean;
};

/** Several choices of an `ActionForm`, of which each may be on. */
export function ActionChecks({ name, legend, options, disabled = false }: ActionChecksProps) {
  const error = useFieldError(name.slice(0, -2));
  return (
    <fieldset className="grid content-start gap-1" disabled={disabled}>
      <legend className="mb-1 font-medium">{legend}</legend>
      {options.map(({ value, label, checked }) => (
        <label key={value} className="flex min-h-control-sm items-start gap-2.5 py-1 pointer-coarse:py-2.5">
          <input
            type="checkbox"
            name={name}
            value={value}
            defaultChecked={checked}
            className="mt-0.5 size-4 shrink-0 accent-accent"
          />
          <span className="min-w-0 break-words">{label}</span>
        </label>
      ))}
      {error ? (
        <p role="alert" className="text-danger-ink text-xs">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
