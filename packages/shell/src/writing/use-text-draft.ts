"use client";
import type { TextDraft } from "@mgs/writing/contract/drafts";
import { useEffect, useMemo, useReducer, useRef } from "react";
import { randomUuid } from "../browser/random-uuid";
import { useFormDraft } from "../drafts/use-form-draft";
import { keepDraft, readDraft } from "./api";
import { createDraftKeeper, type DraftWrite, type KeptField, parseKeptField, type Typed } from "./draft-keeper";
import type { WritingPlace } from "./place";

/** The server gets what is typed after this pause. */
const SAVE_AFTER_MS = 800;

const NOTHING: Typed = { text: "", mentioned: [] };

export type TextDraftField = {
  typed: Typed;
  /** False until what was typed before in this browser has been read: it would overwrite what is typed earlier. */
  ready: boolean;
  setTyped(typed: Typed): void;
  /** The text was sent or is no longer wanted. */
  clear(): void;
  /** What another device has kept since, while something else was typed here. */
  other: TextDraft | null;
  takeOther(): void;
  keepOwn(): void;
};

/** The name of a field's draft in this browser. */
export const draftForm = ({ key }: Pick<WritingPlace, "key">, place: string): string => `comment:${key}:${place}`;

/**
 * What somebody types: kept in this browser at once, over reloads and crashes, and on the server soon after, so that it survives the
 * sign-out and is there on another device.
 * @param place of the contract's drafts
 * @param initial what stands in the field before anything is typed
 */
export function useTextDraft(at: WritingPlace, place: string, initial = NOTHING): TextDraftField {
  const [, draw] = useReducer((drawings: number) => drawings + 1, 0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const begunWith = useRef(initial).current;
  const isMounted = useRef(false);
  const keepLocally = useRef<(field: KeptField | null) => void>(() => undefined);
  const keeper = useMemo(() => {
    const ports = {
      read: () => readDraft(at, place),
      write: (draft: DraftWrite, keepalive: boolean) => keepDraft(at, { place, ...draft }, keepalive),
      // The answer to a last save comes when the field is gone, and must not make the page one with unsent text.
      keep: (field: KeptField | null) => {
        if (isMounted.current) keepLocally.current(field);
      },
      ...{ newWriter: randomUuid, onChange: draw },
    };
    return createDraftKeeper(ports, begunWith);
  }, [at.key, at.draftsPath, place, begunWith]);
  const local = useFormDraft<KeptField>({
    form: draftForm(at, place),
    parse: (stored) => parseKeptField(stored, randomUuid),
    isEmpty: ({ text }) => text.trim() === "",
    restore: keeper.restore,
  });
  keepLocally.current = (field) => (field === null ? local.discard() : local.save(field));

  const isReady = local.ready;
  useEffect(() => {
    if (!isReady) return;
    isMounted.current = true;
    const sync = () => void keeper.sync();
    const onVisibility = () => (document.visibilityState === "visible" ? sync() : void keeper.saveAtLeave());
    const onLeave = () => void keeper.saveAtLeave();
    sync();
    window.addEventListener("online", sync);
    document.addEventListener("visibilitychange", onVisibility);
    window.addEventListener("pagehide", onLeave);
    return () => {
      window.removeEventListener("online", sync);
      document.removeEventListener("visibilitychange", onVisibility);
      window.removeEventListener("pagehide", onLeave);
      clearTimeout(timer.current);
      isMounted.current = false;
      onLeave();
    };
  }, [keeper, isReady]);

  const { typed, other } = keeper.get();
  return {
    ...{ typed, other, ready: isReady },
    setTyped(next) {
      keeper.type(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void keeper.save(), SAVE_AFTER_MS);
    },
    clear() {
      clearTimeout(timer.current);
      void keeper.clear();
    },
    takeOther: keeper.takeOther,
    keepOwn: () => void keeper.keepOwn(),
  };
}
