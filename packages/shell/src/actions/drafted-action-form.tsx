"use client";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { DraftNote } from "../drafts/draft-note";
import { useFormDraft } from "../drafts/use-form-draft";
import { createSignal } from "../signal";
import { type ActionFormProps, FormView } from "./action-form";
import { type FormValues, isFormValues, isSecret, readFormValues, writeFormValues } from "./form-values";
import { useActionForm } from "./use-action-form";

type DraftedActionFormProps = ActionFormProps & {
  /** Names the form's draft, with its subject where there are several. */
  draft: string;
};

/** A form that a success replaces comes within that time. */
const SUCCESS_MS = 5_000;

/**
 * The last success by the name of its form. Where another version of a record has a form of its own (by its key), the page that comes with
 * the success replaces the form that has brought it: the next one tells of it.
 */
const lastSuccess = createSignal<{ form: string; message: string; at: number } | null>(null);

/** The success of the form that this one replaces; empty without one. */
function useSuccessBefore(name: string): string {
  const success = useSyncExternalStore(lastSuccess.subscribe, lastSuccess.get, () => null);
  useEffect(() => {
    const known = lastSuccess.get();
    if (known && Date.now() - known.at > SUCCESS_MS) lastSuccess.set(null);
  }, []);
  return success?.form === name ? success.message : "";
}

/** An `ActionForm` whose texts are kept over reloads, crashes and sign-ins; passwords and codes are not. */
export function DraftedActionForm({ action, resets = false, onDone, draft: name, ...view }: DraftedActionFormProps) {
  const first = useRef<FormValues>(undefined);
  const successBefore = useSuccessBefore(name);
  const state = useActionForm({
    action(...call) {
      lastSuccess.set(null);
      return action(...call);
    },
    resets,
    onDone(result) {
      lastSuccess.set({ form: name, message: result.message, at: Date.now() });
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
      state={{ ...state, done: state.done || successBefore }}
      ready={draft.ready}
      note={<DraftNote restored={draft.restored} onDiscard={startOver} />}
      onInput={save}
      onBeforeInput={(form) => {
        first.current ??= readFormValues(form, isSecret);
      }}
    />
  );
}
