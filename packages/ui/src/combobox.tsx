"use client";
import { Check, ChevronsUpDown } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { cn } from "./cn";
import { controlStyles } from "./input";
import { Spinner } from "./spinner";

type ComboboxProps<T> = {
  id: string;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: true | undefined;
  value: T | null;
  onChange: (value: T | null) => void;
  query: string;
  onQueryChange: (query: string) => void;
  items: readonly T[];
  itemKey: (item: T) => string;
  itemLabel: (item: T) => string;
  renderItem: (item: T) => ReactNode;
  loading?: boolean;
  placeholder?: string;
  /** The text in place of options: no results, a failed search, or a text that is too short. */
  emptyText: string;
  listLabel: string;
  /** Screen readers read it when the list changes, such as "5 results". */
  statusText: string;
};

/** An editable combobox with a list (WAI-ARIA 1.2), for the keys arrows, Home, End, Enter and Escape. Its parent searches. */
export function Combobox<T>(props: ComboboxProps<T>) {
  const { id, value, onChange, query, onQueryChange, items, itemKey, itemLabel, renderItem, loading = false } = props;
  const listId = useId();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const list = useRef<HTMLDivElement>(null);
  const current = active >= 0 ? items[active] : undefined;
  const optionId = (item: T) => `${listId}-${itemKey(item)}`;

  useEffect(() => {
    if (active >= 0) list.current?.querySelector('[data-active="true"]')?.scrollIntoView({ block: "nearest" });
  }, [active]);

  function choose(item: T) {
    onChange(item);
    onQueryChange(itemLabel(item));
    setOpen(false);
    setActive(-1);
  }

  function move(to: number) {
    setOpen(true);
    setActive(items.length === 0 ? -1 : (to + items.length) % items.length);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") move(open ? active + 1 : 0);
    else if (event.key === "ArrowUp") move(active <= 0 ? items.length - 1 : active - 1);
    else if (event.key === "Home" && open) move(0);
    else if (event.key === "End" && open) move(items.length - 1);
    else if (event.key === "Enter" && open && current !== undefined) choose(current);
    else if (event.key === "Escape" && open) setOpen(false);
    else return;
    event.preventDefault();
  }

  return (
    <div className="relative">
      <input
        id={id}
        role="combobox"
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={listId}
        aria-activedescendant={open && current !== undefined ? optionId(current) : undefined}
        aria-describedby={props["aria-describedby"]}
        aria-invalid={props["aria-invalid"]}
        placeholder={props.placeholder}
        value={query}
        className={cn(controlStyles, "h-control pe-9")}
        onChange={(event) => {
          onQueryChange(event.target.value);
          if (value !== null) onChange(null);
          setOpen(true);
          setActive(-1);
        }}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <span className="pointer-events-none absolute inset-y-0 end-3 flex items-center text-muted">
        {loading ? <Spinner /> : <ChevronsUpDown aria-hidden className="size-4" />}
      </span>
      <span role="status" className="sr-only">
        {open && !loading ? props.statusText : ""}
      </span>
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={props.listLabel}
        hidden={!open}
        className="absolute inset-x-0 top-full z-30 mt-1 max-h-72 overflow-y-auto rounded-xl border border-line bg-raised p-1 shadow-float"
      >
        {items.map((item, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input keeps focus and handles the keys (aria-activedescendant)
          <div
            key={itemKey(item)}
            id={optionId(item)}
            role="option"
            tabIndex={-1}
            aria-selected={value !== null && itemKey(value) === itemKey(item)}
            data-active={index === active}
            className="flex min-h-control cursor-pointer items-center gap-3 rounded-lg px-2 py-1.5 data-[active=true]:bg-subtle"
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setActive(index)}
            onClick={() => choose(item)}
          >
            <div className="min-w-0 flex-1">{renderItem(item)}</div>
            {value !== null && itemKey(value) === itemKey(item) ? (
              <Check aria-hidden className="size-4 text-accent-ink" />
            ) : null}
          </div>
        ))}
        {items.length === 0 ? <p className="px-2 py-3 text-center text-muted">{props.emptyText}</p> : null}
      </div>
    </div>
  );
}
