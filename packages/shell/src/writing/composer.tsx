"use client";
import { Button } from "@mgs/ui/button";
import { cn } from "@mgs/ui/cn";
import { keysNamedIn, type Mentionable } from "@mgs/writing/contract/mentions";
import { type ReactNode, useId, useRef, useState } from "react";
import { useTranslations } from "../intl";
import type { Typed } from "./draft-keeper";
import { MentionField } from "./mention-field";
import type { WritingPlace } from "./place";

/** A text with the mentions that still stand in it. */
export type Written = { content: string; mentions: string[] };

type ComposerProps = {
  place: WritingPlace;
  /** Of the text that is sent. */
  maxCharacters: number;
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
  /** The label is for screen readers alone: what stands around says what the field is for. */
  isLabelHidden?: boolean;
  /** It stands at the bottom of its pane: it begins with one line and grows with its text, and suggestions open above it. */
  isAtBottom?: boolean;
  /** A text is not needed, since something else is sent with it. */
  mayBeEmpty?: boolean;
  /** Stands before the buttons, such as one that adds files. */
  actions?: ReactNode;
  /** Another way to send what was written. */
  later?: { label: string; icon: ReactNode; onSubmit: (written: Written) => void } | undefined;
  /** While a draft is being read. */
  readOnly?: boolean;
  autoFocus?: boolean;
  /** Stands below the field, such as a refusal. */
  children?: ReactNode;
};

/** The field in which a text is written, with its counter and its buttons. The page needs the texts `comments`. */
export function Composer(props: ComposerProps) {
  const {
    place,
    maxCharacters,
    label,
    submit,
    typed,
    onTyped,
    onSubmit,
    onCancel,
    onLeave,
    onTyping,
    pending = false,
  } = props;
  const { isLabelHidden = false, isAtBottom = false, mayBeEmpty = false, actions, later } = props;
  const { text, mentioned } = typed;
  const t = useTranslations("comments");
  const id = useId();
  // A pick and the text that it makes come one after the other, before the next drawing.
  const named = useRef(mentioned);
  named.current = mentioned;
  const [missing, setMissing] = useState(false);
  const count = Array.from(text.trim()).length;
  const excess = count - maxCharacters;

  function send(submitTo: (written: Written) => void) {
    if (pending) return;
    if ((count === 0 && !mayBeEmpty) || excess > 0) return setMissing(true);
    setMissing(false);
    submitTo({ content: text.trim(), mentions: keysNamedIn(text, mentioned) });
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send(onSubmit);
      }}
      className="grid gap-2"
      noValidate
    >
      <label htmlFor={id} className={isLabelHidden ? "sr-only" : "font-medium text-sm"}>
        {label}
      </label>
      <MentionField
        place={place}
        id={id}
        value={text}
        placeholder={isLabelHidden ? label : undefined}
        {...(isAtBottom ? { rows: 1, grows: true, opensAbove: true } : { rows: 3 })}
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
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing)
            send(onSubmit);
          else if (event.key === "Escape" && onLeave) {
            event.preventDefault();
            onLeave();
          }
        }}
      />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p id={`${id}-hint`} className={cn("min-w-0 text-muted text-xs", !isAtBottom && "flex-1 basis-48")}>
          {excess > 0 ? (
            <span className="text-danger-ink">{t("tooLong", { count: excess })}</span>
          ) : (
            // A phone has no such keys, and no room.
            <span className={isAtBottom ? "sr-only sm:not-sr-only" : undefined}>{t("hint")}</span>
          )}
          {count > maxCharacters * 0.8 ? (
            <span className="ms-2 tabular-nums">{t("counter", { count, max: maxCharacters })}</span>
          ) : null}
        </p>
        <div className={cn("flex items-center gap-2", isAtBottom && "ms-auto")}>
          {actions}
          {later ? (
            <Button variant="ghost" size="icon" aria-label={later.label} onClick={() => send(later.onSubmit)}>
              {later.icon}
            </Button>
          ) : null}
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
