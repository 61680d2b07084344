"use client";
import { useFieldError } from "@mgs/shell/actions/action-form";
import { PersonPicker } from "@mgs/shell/people/person-field";
import { Field } from "@mgs/ui/field";
import { useEffect, useRef, useState } from "react";

type Named = { id: number; name: string };
type PersonActionFieldProps = { name: string; label: string; description?: string; initial?: Named | null };

/** A colleague, found by name, as a control of an `ActionForm`: it posts the number. The page needs the texts `sendForm`. */
export function PersonActionField({ name, label, description, initial = null }: PersonActionFieldProps) {
  const error = useFieldError(name);
  const [person, setPerson] = useState<Named | null>(initial);
  const [resets, setResets] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const form = input.current?.form;
    const clear = () => {
      setPerson(initial);
      // What was typed goes as well.
      setResets((before) => before + 1);
    };
    form?.addEventListener("reset", clear);
    return () => form?.removeEventListener("reset", clear);
  }, [initial]);
  return (
    <Field label={label} description={description} error={error}>
      {(control) => (
        <>
          <PersonPicker key={resets} {...control} value={person} onChange={setPerson} />
          <input ref={input} type="hidden" name={name} value={person?.id ?? ""} readOnly />
        </>
      )}
    </Field>
  );
}
