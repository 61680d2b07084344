"use client";
import { cn } from "@mgs/ui/cn";
import { Textarea } from "@mgs/ui/textarea";
import type { Mentionable } from "@mgs/writing/contract/mentions";
import { type ComponentProps, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslations } from "../intl";
import { searchMentionable } from "./api";
import type { WritingPlace } from "./place";

type MentionFieldProps = Omit<ComponentProps<typeof Textarea>, "onChange" | "value" | "ref"> & {
  place: WritingPlace;
  value: string;
  onText: (text: string) => void;
  /** Somebody was picked: their name now stands in the text behind an @. */
  onPick: (picked: Mentionable) => void;
  /** The suggestions stand above the field. */
  opensAbove?: boolean;
};

/** `@` at the beginning of a word, with up to two words behind it: what is being looked for. */
const SEARCH = /(?:^|[\s(])@([\p{L}\p{N}'’-]{0,40}(?: [\p{L}\p{N}'’-]{1,40})?)$/u;
const SEARCH_AFTER_MS = 120;

/** A text field in which people and roles can be named with `@`; the suggestions are a list box that the arrow keys move in. */
export function MentionField(options: MentionFieldProps) {
  const { place, value, onText, onPick, onKeyDown, opensAbove = false, ...props } = options;
  const t = useTranslations("comments");
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [search, setSearch] = useState<string | null>(null);
  const [found, setFound] = useState<readonly Mentionable[] | null>(null);
  const [active, setActive] = useState(0);
  const isOpen = search !== null && found !== null && found.length > 0;

  useEffect(() => {
    if (search === null) return setFound(null);
    let ended = false;
    const timer = setTimeout(() => {
      searchMentionable(place, search).then(
        (all) => {
          if (ended) return;
          setFound(all);
          setActive(0);
        },
        // Without suggestions the text is written on.
        () => ended || setFound(null),
      );
    }, SEARCH_AFTER_MS);
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [search, place]);

  function look() {
    const { value: text, selectionStart } = field.current ?? { value: "", selectionStart: 0 };
    setSearch(SEARCH.exec(text.slice(0, selectionStart))?.[1] ?? null);
  }

  function pick(picked: Mentionable) {
    const at = field.current?.selectionStart ?? value.length;
    const start = at - (search?.length ?? 0);
    const next = `${value.slice(0, start)}${picked.name} ${value.slice(at)}`;
    onPick(picked);
    onText(next);
    setSearch(null);
    const caret = start + picked.name.length + 1;
    // The caret is set once the new text is drawn.
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(caret, caret);
    });
  }

  function choose(event: KeyboardEvent<HTMLTextAreaElement>) {
    const picked = found?.[active];
    if (!isOpen || event.nativeEvent.isComposing || !picked) return onKeyDown?.(event);
    if (event.key === "ArrowDown") setActive((active + 1) % found.length);
    else if (event.key === "ArrowUp") setActive((active + found.length - 1) % found.length);
    else if (event.key === "Escape") setSearch(null);
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") pick(picked);
    else return onKeyDown?.(event);
    event.preventDefault();
  }

  return (
    <div className="relative">
      <Textarea
        {...props}
        ref={field}
        value={value}
        onChange={({ target }) => {
          onText(target.value);
          look();
        }}
        onKeyDown={choose}
        onClick={look}
        onKeyUp={({ key }) => (key === "ArrowLeft" || key === "ArrowRight") && look()}
        onBlur={() => setSearch(null)}
        aria-autocomplete="list"
        aria-controls={isOpen ? id : undefined}
        aria-activedescendant={isOpen ? `${id}-${active}` : undefined}
      />
      <span role="status" className="sr-only">
        {search !== null && found !== null ? t("suggestions", { count: found.length }) : ""}
      </span>
      {isOpen ? (
        <div
          id={id}
          role="listbox"
          aria-label={t("mentionable")}
          className={cn(
            "absolute inset-x-0 z-20 max-h-64 overflow-y-auto rounded-xl border border-line bg-raised p-1 shadow-float",
            opensAbove ? "bottom-full mb-1" : "top-full mt-1",
          )}
        >
          {found.map((one, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the active option
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
            <div
              key={one.key}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              onPointerMove={() => setActive(index)}
              // The focus stays in the field.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => pick(one)}
              className={cn(
                "flex min-h-9 pointer-coarse:min-h-11 cursor-pointer items-center justify-between gap-3 rounded-lg px-2 py-1 text-sm",
                index === active && "bg-subtle",
              )}
            >
              <span className="min-w-0 break-words">{one.name}</span>
              <span className="shrink-0 text-muted text-xs">
                {one.kind === "followers" ? t("everyFollower") : one.kind === "role" ? t("role") : ""}
                {one.sees ? "" : t("noAccess")}
              </span>
            </div>
          ))}
        </div>
      ) : null}
    </div>
  );
}
