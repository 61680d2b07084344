"use client";
import { useFieldError } from "@mgs/shell/actions/action-form";
import { PasswordField } from "@mgs/shell/auth/password-field";
import type { ComponentProps } from "react";

/** A password of an `ActionForm`, with its error. */
export function PasswordActionField(props: Omit<ComponentProps<typeof PasswordField>, "error">) {
  return <PasswordField {...props} error={useFieldError(props.name)} />;
}
