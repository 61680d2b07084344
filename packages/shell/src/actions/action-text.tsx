"use client";
import { Field } from "@mgs/ui/field";
import { Textarea } from "@mgs/ui/textarea";
import type { ComponentProps } from "react";
import { useFieldError } from "./action-form";

type ActionTextProps = Omit<ComponentProps<typeof Textarea>, "id" | "name"> & {
  name: string;
  label: string;
  description?: string;
};

/** A text of several lines of an `ActionForm`, with its label, description and error. */
export function ActionText({ name, label, description, ...textarea }: ActionTextProps) {
  const error = useFieldError(name);
  return (
    <Field label={label} {...(description === undefined ? {} : { description })} error={error}>
      {(control) => <Textarea {...textarea} {...control} name={name} />}
    </Field>
  );
}
