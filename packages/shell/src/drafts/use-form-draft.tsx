"use client";
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { setDirty } from "../page-session";
import { useShell } from "../shell-context";
import { browserDraftStorage } from "./draft-store";
import { type OpenDraft, openDraft } from "./open-draft";
import { browserTab } from "./tab";
import { wasSignedOut } from "./was-signed-out";

type FormDraftOptions<T> = {
  /** The form's name, such as `notifications.send`, with its subject where there are several (`comment:dossier-12`). */
  form: string;
  /** Reads the stored values; null for values of another shape, which an earlier release may have stored. */
  parse: (stored: unknown) => T | null;
  /** Whether the values are those of an empty form, which needs no draft. */
  isEmpty: (values: T) => boolean;
  /** Writes the draft's values into the form. */
  restore: (values: T) => void;
};

export type FormDraft<T> = {
  /** False until the draft has been read: it would overwrite text that is typed before. */
  ready: boolean;
  /** Whether the form was filled from a draft. */
  restored: boolean;
  /** The form calls this with every change. */
  save: (values: T) => void;
  /** The form calls this once it is sent or emptied. */
  discard: () => void;
};

/**
 * Keeps the draft of a form over reloads, crashes and sign-ins, for the person who has typed it. While the form holds unsent text the
 * page does not leave by itself. Every form uses this hook, but never for passwords or other secrets.
 */
export function useFormDraft<T>({ form, parse, isEmpty, restore }: FormDraftOptions<T>): FormDraft<T> {
  const { user, userSessionId } = useShell();
  const [ready, setReady] = useState(false);
  const [restored, setRestored] = useState(false);
  const open = useRef<OpenDraft | null>(null);
  const formKey = useRef({}).current;
  const writeBack = useEffectEvent((stored: unknown) => {
    const values = parse(stored);
    if (values === null || isEmpty(values)) return;
    restore(values);
    setDirty(formKey, true);
    setRestored(true);
  });
  // A new sign-in of the same person leaves the form as it is: the next changes are stored under the new sign-in.
  const session = useRef(userSessionId);
  session.current = userSessionId;

  useEffect(() => {
    let ended = false;
    let opened: OpenDraft | undefined;
    const owner = {
      userId: user.id,
      get userSessionId() {
        return session.current;
      },
      form,
      tab: browserTab,
      wasSignedOut,
    };
    void openDraft(owner, browserDraftStorage()).then((draft) => {
      if (ended) return draft.close();
      opened = draft;
      open.current = draft;
      if (draft.found) writeBack(draft.found.values);
      setReady(true);
    });
    return () => {
      ended = true;
      setDirty(formKey, false);
      open.current = null;
      opened?.close();
    };
  }, [user.id, form, formKey]);

  const commands = useMemo(
    () => ({
      discard() {
        setDirty(formKey, false);
        setRestored(false);
        open.current?.discard();
      },
      save(values: unknown) {
        setDirty(formKey, true);
        open.current?.save(values);
      },
    }),
    [formKey],
  );
  return {
    ready,
    restored,
    save: (values) => (isEmpty(values) ? commands.discard() : commands.save(values)),
    discard: commands.discard,
  };
}
