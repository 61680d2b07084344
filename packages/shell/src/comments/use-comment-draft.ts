"use client";
import { array, object, type ShapeOf, string } from "@mgs/core/shape";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useFormDraft } from "../drafts/use-form-draft";
import { type CommentedRecord, keepDraft, readDraft } from "./api";

/** The server gets what is typed after this pause. */
const SAVE_AFTER_MS = 800;

const typed = object({ text: string, mentioned: array(object({ key: string, name: string })) });

/** What somebody types: a text, and whom they picked for it with `@`. */
export type Typed = ShapeOf<typeof typed>;

const NOTHING: Typed = { text: "", mentioned: [] };

export type CommentDraftField = {
  typed: Typed;
  /** False until what was typed before in this browser has been read: it would overwrite what is typed earlier. */
  ready: boolean;
  setTyped(typed: Typed): void;
  /** The text was sent or is no longer wanted. */
  clear(): void;
};

/**
 * What somebody types: kept in this browser at once, over reloads and crashes, and on the server soon after, so that it survives the
 * sign-out and is there on another device.
 * @param place of the contract's drafts
 */
export function useCommentDraft(record: CommentedRecord, place: string): CommentDraftField {
  const [value, setValue] = useState(NOTHING);
  const latest = useRef({ typed: NOTHING, saved: "" });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const local = useFormDraft<Typed>({
    form: `comment:${record.segment}-${record.id}:${place}`,
    parse: (stored) => (typed(stored) ? stored : null),
    isEmpty: ({ text }) => text.trim() === "",
    restore: (stored) => write(stored),
  });

  function write(next: Typed) {
    latest.current.typed = next;
    setValue(next);
  }

  function save(keepalive = false) {
    clearTimeout(timer.current);
    const { typed: now, saved } = latest.current;
    if (now.text === saved) return;
    latest.current.saved = now.text;
    const draft = { place, content: now.text, mentions: now.mentioned.map(({ key }) => key) };
    // Without a network the browser's own copy is there; the next change sends all of it.
    void keepDraft(record, draft, keepalive).catch(() => {
      latest.current.saved = saved;
    });
  }
  const saveNow = useEffectEvent(() => save(true));
  const takeOver = useEffectEvent((stored: { content: string; mentioned: Typed["mentioned"] } | null) => {
    latest.current.saved = stored?.content ?? "";
    // What stands in this browser is later than what the server has.
    if (stored === null || latest.current.typed.text !== "") return;
    const next = { text: stored.content, mentioned: stored.mentioned };
    write(next);
    local.save(next);
  });

  const isReady = local.ready;
  useEffect(() => {
    if (!isReady) return;
    let ended = false;
    const at = { segment: record.segment, id: record.id };
    readDraft(at, place).then(
      (stored) => ended || takeOver(stored),
      // The browser's own copy is there.
      () => undefined,
    );
    return () => {
      ended = true;
    };
  }, [isReady, record.segment, record.id, place]);

  useEffect(() => {
    const onHide = () => saveNow();
    window.addEventListener("pagehide", onHide);
    return () => {
      window.removeEventListener("pagehide", onHide);
      saveNow();
    };
  }, []);

  return {
    typed: value,
    ready: isReady,
    setTyped(next) {
      write(next);
      local.save(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => save(), SAVE_AFTER_MS);
    },
    clear() {
      write(NOTHING);
      local.discard();
      save();
    },
  };
}
