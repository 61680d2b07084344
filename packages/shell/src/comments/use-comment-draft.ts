"use client";
import { string } from "@mgs/core/shape";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useFormDraft } from "../drafts/use-form-draft";
import { type CommentedRecord, keepDraft, readDraft } from "./api";

/** The server gets what is typed after this pause. */
const SAVE_AFTER_MS = 800;

export type CommentDraft = {
  text: string;
  /** False until what was typed before in this browser has been read: it would overwrite what is typed earlier. */
  ready: boolean;
  setText(text: string): void;
  /** The text was sent or is no longer wanted. */
  clear(): void;
};

/**
 * What somebody types: kept in this browser at once, over reloads and crashes, and on the server soon after, so that it survives the
 * sign-out and is there on another device.
 * @param place of the contract's drafts
 */
export function useCommentDraft(record: CommentedRecord, place: string, initial = ""): CommentDraft {
  const [text, setText] = useState(initial);
  const latest = useRef({ text: initial, saved: initial });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const local = useFormDraft<string>({
    form: `comment:${record.segment}-${record.id}:${place}`,
    parse: (stored) => (string(stored) ? stored : null),
    isEmpty: (value) => value.trim() === "" || value === initial,
    restore: (value) => write(value),
  });

  function write(value: string) {
    latest.current.text = value;
    setText(value);
  }

  function save(keepalive = false) {
    clearTimeout(timer.current);
    const { text: content, saved } = latest.current;
    if (content === saved) return;
    latest.current.saved = content;
    // Without a network the browser's own copy is there; the next change sends all of it.
    void keepDraft(record, { place, content }, keepalive).catch(() => {
      latest.current.saved = saved;
    });
  }
  const saveNow = useEffectEvent(() => save(true));
  const takeOver = useEffectEvent((content: string | null) => {
    latest.current.saved = content ?? "";
    // What stands in this browser is later than what the server has.
    if (content !== null && latest.current.text === initial) {
      write(content);
      local.save(content);
    }
  });

  const isReady = local.ready;
  useEffect(() => {
    if (!isReady) return;
    let ended = false;
    readDraft(record, place).then(
      (content) => ended || takeOver(content),
      () => ended || takeOver(null),
    );
    return () => {
      ended = true;
    };
  }, [isReady, record.segment, record.id, record.threadId, place]);

  useEffect(() => {
    const onHide = () => saveNow();
    window.addEventListener("pagehide", onHide);
    return () => {
      window.removeEventListener("pagehide", onHide);
      saveNow();
    };
  }, []);

  return {
    text,
    ready: isReady,
    setText(value) {
      write(value);
      local.save(value);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => save(), SAVE_AFTER_MS);
    },
    clear() {
      write("");
      local.discard();
      save();
    },
  };
}
