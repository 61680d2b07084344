"use client";
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { setDirty } from "../leave";
import { useShell } from "../shell-context";
import { browserDrafts } from "./draft-store";
import { type OpenDraft, openDraft } from "./open-draft";
import { browserTab } from "./tab";
import { wasSignedOut } from "./was-signed-out";

type KeptDraftOptions<T> = {
  /** Which form, such as `notifications.send`; with what it is about where there are several of a kind (`comment:dossier-12`). */
  form: string;
  /** The values of a draft as it was stored; null for what an earlier release may have stored otherwise. */
  parse: (stored: unknown) => T | null;
  /** Whether there is nothing to keep. */
  isEmpty: (values: T) => boolean;
  /** Writes values that were kept into the form. */
  restore: (values: T) => void;
};

export type KeptDraft<T> = {
  /** False until a draft was looked for: what is typed before could be overwritten by it. */
  ready: boolean;
  /** Whether the form began with a draft that was kept. */
  restored: boolean;
  /** To be called with every change. */
  keep: (values: T) => void;
  /** To be called once the form is sent, or emptied. */
  discard: () => void;
};

/**
 * Keeps what is typed into a form, over reloads, crashes and the way through the sign-in, for the person who typed it; and keeps the
 * page from leaving by itself while something is typed. Every form uses it. Passwords and other secrets are never given to it.
 */
export function useKeptDraft<T>({ form, parse, isEmpty, restore }: KeptDraftOptions<T>): KeptDraft<T> {
  const { user, userSessionId } = useShell();
  const [ready, setReady] = useState(false);
  const [restored, setRestored] = useState(false);
  const open = useRef<OpenDraft | null>(null);
  const self = useRef({}).current;
  const writeBack = useEffectEvent((stored: unknown) => {
    const values = parse(stored);
    if (values === null || isEmpty(values)) return;
    restore(values);
    setDirty(self, true);
    setRestored(true);
  });
  // A new sign-in of the same person finds the form as it is: only what is written next belongs to it.
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
    void openDraft(owner, browserDrafts()).then((draft) => {
      if (ended) return draft.close();
      opened = draft;
      open.current = draft;
      if (draft.found) writeBack(draft.found.values);
      setReady(true);
    });
    return () => {
      ended = true;
      setDirty(self, false);
      open.current = null;
      opened?.close();
    };
  }, [user.id, form, self]);

  const commands = useMemo(
    () => ({
      discard() {
        setDirty(self, false);
        setRestored(false);
        open.current?.discard();
      },
      save(values: unknown) {
        setDirty(self, true);
        open.current?.save(values);
      },
    }),
    [self],
  );
  return {
    ready,
    restored,
    keep: (values) => (isEmpty(values) ? commands.discard() : commands.save(values)),
    discard: commands.discard,
  };
}
