"use client";
import { useRef } from "react";
import { DraftNote } from "../drafts/draft-note";
import { useFormDraft } from "../drafts/use-form-draft";
import { type ActionFormProps, FormView } from "./action-form";
import { type FormValues, isFormValues, isSecret, readFormValues, writeFormValues } from "./form-values";
import { useActionForm } from "./use-action-form";

type DraftedActionFormProps = ActionFormProps & {
  /** Names the form's draft, with its subject where there are several. */
  draft: string;
};

/** An `ActionForm` whose texts are kept over reloads, crashes and sign-ins; passwords and codes are not. */
export function DraftedActionForm({ action, resets = false, onDone, draft: name, ...view }: DraftedActionFormProps) {
  const first = useRef<FormValues>(undefined);
  const state = useActionForm({
    action,
    resets,
    onDone(result) {
      draft.discard();
      first.current = undefined;
      onDone?.(result);
    },
  });
  const draft = useFormDraft<FormValues>({
    form: name,
    parse: (stored) => (isFormValues(stored) ? stored : null),
    isEmpty: (values) => JSON.stringify(values) === JSON.stringify(first.current),
    restore(values) {
      const form = state.form.current;
      if (!form) return;
      first.current ??= readFormValues(form, isSecret);
      writeFormValues(form, values);
    },
  });

  function save() {
    if (state.form.current) draft.save(readFormValues(state.form.current, isSecret));
  }

  function startOver() {
    state.form.current?.reset();
    draft.discard();
  }

  return (
    <FormView
      {...view}
      state={state}
      ready={draft.ready}
      note={<DraftNote restored={draft.restored} onDiscard={startOver} />}
      onInput={save}
      onBeforeInput={(form) => {
        first.current ??= readFormValues(form, isSecret);
      }}
    />
  );
}
