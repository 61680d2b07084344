"use client";
import { Alert } from "@mgs/ui/alert";
import { Button } from "@mgs/ui/button";
import { cn } from "@mgs/ui/cn";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { type ComponentProps, createContext, type ReactNode, useContext } from "react";
import { ScriptedFields } from "../hydrated";
import { useTranslations } from "../intl";
import { waitTime } from "../time/relative-time";
import type { ActionResult } from "./action-result";
import { type FormAction, useActionForm } from "./use-action-form";

const Failure = createContext<ActionResult | null>(null);

/** The error of one control after a refusal, in the reader's language. */
export function useFieldError(name: string): string | undefined {
  return useContext(Failure)?.fieldErrors?.find(({ path }) => path === name || path.startsWith(`${name}.`))?.message;
}

export type ActionFormProps = {
  action: FormAction;
  /** The text of the button. */
  submit: ReactNode;
  submitVariant?: ComponentProps<typeof Button>["variant"];
  /** Whether the fields go back to their first values after a success. Default: they stay. */
  resets?: boolean;
  onDone?: (result: ActionResult) => void;
  /** Controls before the form's button, in its line. */
  beside?: ReactNode;
  /** Further buttons beside the form's own. */
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
};

/**
 * A form that posts to a server action. Its controls stand inside as `ActionField`, or as any named control that shows
 * `useFieldError`. It posts once at a time, keeps what was typed after a refusal or a lost answer, and shows refusals at their
 * fields. A form of texts that people write is a `DraftedActionForm`, which keeps them over reloads and sign-ins too.
 */
export function ActionForm({ action, resets = false, onDone, ...view }: ActionFormProps) {
  const state = useActionForm({ action, resets, onDone });
  return <FormView {...view} state={state} ready note={null} onInput={state.markDirty} />;
}

type FormViewProps = Pick<
  ActionFormProps,
  "submit" | "submitVariant" | "beside" | "actions" | "className" | "children"
> & {
  state: ReturnType<typeof useActionForm>;
  ready: boolean;
  note: ReactNode;
  onInput: () => void;
  /** Called with the form before its first change. */
  onBeforeInput?: (form: HTMLFormElement) => void;
};

/** Draws a form with the state of `useActionForm`. */
export function FormView({ state, ready, note, onInput, onBeforeInput, ...view }: FormViewProps) {
  const t = useTranslations("shell");
  const { failure, done, waitSeconds, pending } = state;
  const { submit, submitVariant = "primary", beside, actions, className, children } = view;
  const isAtFields = (failure?.fieldErrors?.length ?? 0) > 0;
  return (
    <form
      ref={state.form}
      method="post"
      noValidate
      onSubmit={state.submit}
      onFocusCapture={(event) => onBeforeInput?.(event.currentTarget)}
      onInput={onInput}
    >
      {note}
      <Failure value={failure}>
        <ScriptedFields ready={ready} className={cn("grid gap-4", className)}>
          {children}
          {failure && !isAtFields ? (
            <Alert tone="danger">
              <p>{failure.message}</p>
              {failure.retryAfter ? (
                <p className="mt-1 font-medium tabular-nums">
                  {waitSeconds > 0 ? t("retryIn", { time: waitTime(waitSeconds) }) : t("retryNow")}
                </p>
              ) : null}
            </Alert>
          ) : null}
          {done === "" ? null : <Alert tone="success">{done}</Alert>}
          <div className="flex flex-wrap items-center gap-3">
            {beside}
            <Button type="submit" variant={submitVariant} pending={pending} disabled={waitSeconds > 0}>
              {submit}
            </Button>
            {actions}
          </div>
        </ScriptedFields>
      </Failure>
    </form>
  );
}

type ActionFieldProps = Omit<ComponentProps<typeof Input>, "id" | "name" | "className"> & {
  name: string;
  label: string;
  description?: string;
  className?: string;
};

/** A text field of an `ActionForm`, with its label, description and error. */
export function ActionField({ name, label, description, className, ...input }: ActionFieldProps) {
  const error = useFieldError(name);
  return (
    <Field label={label} description={description} error={error} className={className}>
      {(control) => <Input {...input} {...control} name={name} />}
    </Field>
  );
}
