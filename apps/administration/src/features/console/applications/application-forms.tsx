"use client";
import { applicationPath } from "@mgs/console/links";
import { ActionForm } from "@mgs/shell/actions/action-form";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { DraftedActionForm } from "@mgs/shell/actions/drafted-action-form";
import type { FormValues } from "@mgs/shell/actions/form-values";
import { Field } from "@mgs/ui/field";
import { Select } from "@mgs/ui/select";
import { useState } from "react";
import { ApplicationFields, type ApplicationTexts, type ApplicationValues } from "./application-fields";
import { type IssuedSecret, SecretOnce, type SecretTexts } from "./secret-once";

/** The outcome of an action that makes a secret. */
export type SecretResult = ActionResult & { issued?: IssuedSecret };
export type SecretAction = (values: FormValues, idempotencyKey: string) => Promise<SecretResult>;

/** Wraps an action so that the secret which it makes is shown, and goes no further. */
function useIssuedSecret(action: SecretAction) {
  const [issued, setIssued] = useState<IssuedSecret | null>(null);
  async function act(values: FormValues, idempotencyKey: string): Promise<ActionResult> {
    const { issued: secret, ...result } = await action(values, idempotencyKey);
    if (!secret) return result;
    setIssued(secret);
    // The box with the secret says it all.
    return { ...result, message: "" };
  }
  return { issued, act };
}

type CreateFormProps = {
  create: SecretAction;
  values: ApplicationValues;
  texts: ApplicationTexts & { submit: string };
  secretTexts: SecretTexts;
};

/** Registers a client, and shows its secret in place of the form. */
export function CreateApplicationForm({ create, values, texts, secretTexts }: CreateFormProps) {
  const { issued, act } = useIssuedSecret(create);
  if (issued) return <SecretOnce issued={issued} texts={secretTexts} href={applicationPath(issued.clientId)} />;
  return (
    <DraftedActionForm draft="console.application:new" action={act} submit={texts.submit}>
      <ApplicationFields values={values} texts={texts} />
    </DraftedActionForm>
  );
}

type EditFormProps = {
  clientId: string;
  /** The version that the edit begins with. */
  version: number;
  save: (values: FormValues) => Promise<ActionResult>;
  values: ApplicationValues;
  texts: ApplicationTexts & { submit: string };
};

/** Edits a client; what was typed stays when somebody else was faster. */
export function EditApplicationForm({ clientId, version, save, values, texts }: EditFormProps) {
  return (
    <DraftedActionForm
      draft={`console.application:${clientId}`}
      action={save}
      submit={texts.submit}
      // Another version has other first values.
      key={version}
    >
      <input type="hidden" name="version" value={version} />
      <ApplicationFields values={values} texts={texts} />
    </DraftedActionForm>
  );
}

type RotateFormProps = {
  rotate: SecretAction;
  texts: { submit: string; overlap: string; overlaps: readonly { value: string; label: string }[] };
  secretTexts: SecretTexts;
};

/** Rotates a client's secret, and shows the new one. */
export function RotateSecretForm({ rotate, texts, secretTexts }: RotateFormProps) {
  const { issued, act } = useIssuedSecret(rotate);
  return (
    <div className="grid gap-6">
      {issued ? <SecretOnce key={issued.secret} issued={issued} texts={secretTexts} href={null} /> : null}
      <ActionForm action={act} submit={texts.submit} submitVariant="secondary">
        <Field label={texts.overlap} className="max-w-sm">
          {(control) => (
            <Select {...control} name="overlapSeconds" defaultValue="86400">
              {texts.overlaps.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </ActionForm>
    </div>
  );
}
