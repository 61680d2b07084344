"use client";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";

/** A field for the address that somebody signs in with. */
export function EmailField({ label, error }: { label: string; error?: string | undefined }) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <Input
          {...control}
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
      )}
    </Field>
  );
}
