"use client";
import { useFieldError } from "@mgs/shell/actions/action-form";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { Select } from "@mgs/ui/select";
import { UNITS, type Unit } from "./duration";

type LifetimeFieldProps = {
  name: string;
  label: string;
  description: string;
  amount: number;
  unit: Unit;
  unitLabel: string;
  units: Readonly<Record<Unit, string>>;
};

/** A lifetime in an `ActionForm`: a number, and its unit under `{name}_unit`. */
export function LifetimeField({ name, label, description, amount, unit, unitLabel, units }: LifetimeFieldProps) {
  const error = useFieldError(name);
  return (
    <Field label={label} description={description} error={error}>
      {(control) => (
        <div className="grid grid-cols-[7rem_minmax(0,10rem)] gap-2">
          <Input
            {...control}
            name={name}
            type="number"
            inputMode="decimal"
            min={0}
            step="any"
            defaultValue={amount}
            required
          />
          <Select name={`${name}_unit`} aria-label={unitLabel} defaultValue={unit}>
            {UNITS.map((value) => (
              <option key={value} value={value}>
                {units[value]}
              </option>
            ))}
          </Select>
        </div>
      )}
    </Field>
  );
}
