"use client";
import { MAX_COMMENT_CHARACTERS } from "@mgs/comments/contract/comment";
import { keysNamedIn, type Mentionable } from "@mgs/comments/contract/mentions";
import { Button } from "@mgs/ui/button";
import { type FormEvent, type ReactNode, useId, useRef, useState } from "react";
import { useTranslations } from "../intl";
import type { CommentedRecord } from "./api";
import type { Typed } from "./draft-keeper";
import { MentionField } from "./mention-field";

/** A text with the mentions that still stand in it. */
export type Written = { content: string; mentions: string[] };

type ComposerProps = {
  record: CommentedRecord;
  label: string;
  submit: string;
  typed: Typed;
  onTyped: (typed: Typed) => void;
  onSubmit: (written: Written) => void;
  /** Gives the text up. */
  onCancel?: (() => void) | undefined;
  /** Closes the field by Escape, and keeps the text. */
  onLeave?: (() => void) | undefined;
  onTyping?: (() => void) | undefined;
  pending?: boolean;
  /** While a draft is being read. */
  readOnly?: boolean;
  autoFocus?: boolean;
  /** Stands below the field, such as a refusal. */
  children?: ReactNode;
};

/** The field in which a comment is written, with its counter and its buttons. */
export function Composer(props: ComposerProps) {
  const { record, label, submit, typed, onTyped, onSubmit, onCancel, onLeave, onTyping, pending = false } = props;
  const { text, mentioned } = typed;
  const t = useTranslations("comments");
  const id = useId();
  // A pick and the text that it makes come one after the other, before the next drawing.
  const named = useRef(mentioned);
  named.current = mentioned;
  const [missing, setMissing] = useState(false);
  const count = Array.from(text.trim()).length;
  const excess = count - MAX_COMMENT_CHARACTERS;

  function send(event?: FormEvent) {
    event?.preventDefault();
    if (pending) return;
    if (count === 0 || excess > 0) return setMissing(true);
    setMissing(false);
    onSubmit({ content: text.trim(), mentions: keysNamedIn(text, mentioned) });
  }

  return (
    <form onSubmit={send} className="grid gap-2" noValidate>
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <MentionField
        record={record}
        id={id}
        value={text}
        rows={3}
        readOnly={props.readOnly || pending}
        autoFocus={props.autoFocus}
        aria-describedby={`${id}-hint`}
        aria-invalid={(missing && count === 0) || excess > 0 || undefined}
        onText={(next) => {
          setMissing(false);
          onTyped({ text: next, mentioned: named.current });
          if (next.trim() !== "") onTyping?.();
        }}
        onPick={({ key, name }: Mentionable) => {
          named.current = [...named.current.filter((one) => one.key !== key), { key, name }];
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) send(event);
          else if (event.key === "Escape" && onLeave) {
            event.preventDefault();
            onLeave();
          }
        }}
      />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p id={`${id}-hint`} className="min-w-0 flex-1 basis-48 text-muted text-xs">
          {excess > 0 ? <span className="text-danger-ink">{t("tooLong", { count: excess })}</span> : t("hint")}
          {count > MAX_COMMENT_CHARACTERS * 0.8 ? (
            <span className="ms-2 tabular-nums">{t("counter", { count, max: MAX_COMMENT_CHARACTERS })}</span>
          ) : null}
        </p>
        <div className="flex gap-2">
          {onCancel ? (
            <Button variant="ghost" size="sm" onClick={onCancel}>
              {t("cancel")}
            </Button>
          ) : null}
          <Button type="submit" size="sm" pending={pending}>
            {submit}
          </Button>
        </div>
      </div>
      {props.children}
    </form>
  );
}
