"use client";
import { Check } from "lucide-react";
import {
  type ComponentProps,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { cn } from "./cn";
import { useDismissal, useFloating } from "./floating";

const ITEM = '[role^="menuitem"]';
/** Letters that are typed within this time belong to one search. */
const SEARCH_TIMEOUT_MS = 1_000;

type InitialFocus = "first" | "last" | "none";

type DropdownMenuProps = {
  /** Content, look and label of the button that opens the menu. */
  button: Omit<ComponentProps<"button">, "ref" | "id" | "type">;
  align: "start" | "end";
  className?: string;
  children: ReactNode;
};

/** A menu button (WAI-ARIA 1.2). The menu is not modal, and its markup follows the button, inside the same landmark. */
export function DropdownMenu({ button, align, className, children }: DropdownMenuProps) {
  const id = useId();
  const anchor = useRef<HTMLButtonElement>(null);
  /** Null while the menu is closed; else the item that gets the focus first. */
  const [open, setOpen] = useState<InitialFocus | null>(null);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    setOpen(event.key === "ArrowDown" ? "first" : "last");
  }
  return (
    <>
      <button
        {...button}
        ref={anchor}
        id={`${id}-button`}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open !== null}
        aria-controls={open === null ? undefined : id}
        onKeyDown={onKeyDown}
        // A click without a press of the pointer comes from the keyboard.
        onClick={({ detail }) => setOpen(open !== null ? null : detail === 0 ? "first" : "none")}
      />
      {open === null ? null : (
        <Menu {...{ id, anchor, align, className }} initialFocus={open} onClose={() => setOpen(null)}>
          {children}
        </Menu>
      )}
    </>
  );
}

type MenuProps = {
  id: string;
  anchor: RefObject<HTMLButtonElement | null>;
  align: "start" | "end";
  className: string | undefined;
  initialFocus: InitialFocus;
  onClose: () => void;
  children: ReactNode;
};

function Menu({ id, anchor, align, className, initialFocus, onClose, children }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: "", at: 0 });
  useFloating(anchor, menu, { align, side: "below", gapPx: 8 });
  useDismissal(anchor, menu, onClose);

  useLayoutEffect(() => {
    const first = initialFocus === "none" ? menu.current : itemsOf(menu).at(initialFocus === "first" ? 0 : -1);
    first?.focus({ preventScroll: true });
  }, [initialFocus]);

  function onKeyDown(event: KeyboardEvent) {
    const all = itemsOf(menu);
    const at = all.findIndex((item) => item.matches(":focus"));
    if (event.key === "ArrowDown") all[Math.min(at + 1, all.length - 1)]?.focus();
    else if (event.key === "ArrowUp") all[at < 0 ? all.length - 1 : Math.max(at - 1, 0)]?.focus();
    else if (event.key === "Home") all[0]?.focus();
    else if (event.key === "End") all.at(-1)?.focus();
    else if (event.key === " " && all[at] instanceof HTMLAnchorElement) all[at].click();
    else if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey)
      search(event.key, all, at)?.focus();
    else return;
    event.preventDefault();
  }

  /** Finds the next item that begins with the typed letters, from the current one on. */
  function search(key: string, all: readonly HTMLElement[], at: number): HTMLElement | undefined {
    const now = performance.now();
    const text = now - typed.current.at < SEARCH_TIMEOUT_MS ? typed.current.text + key : key;
    typed.current = { text, at: now };
    const isRepeatedLetter = [...text].every((letter) => letter === text[0]);
    const prefix = (isRepeatedLetter ? key : text).toLocaleLowerCase();
    const start = isRepeatedLetter ? at + 1 : Math.max(at, 0);
    return [...all.slice(start), ...all.slice(0, start)].find((item) =>
      item.textContent.trim().toLocaleLowerCase().startsWith(prefix),
    );
  }

  function onPointerMove({ target, pointerType }: PointerEvent) {
    const item = (target instanceof Element && target.closest<HTMLElement>(ITEM)) || menu.current;
    if (pointerType === "mouse" && item !== document.activeElement) item?.focus({ preventScroll: true });
  }
  return (
    <div
      ref={menu}
      id={id}
      popover="manual"
      role="menu"
      aria-labelledby={`${id}-button`}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onPointerMove={onPointerMove}
      onPointerLeave={() => menu.current?.focus({ preventScroll: true })}
      // An item that keeps the menu open prevents the default.
      onClick={(event) => {
        const chosen = event.target instanceof Element && event.target.closest(ITEM);
        if (chosen && !(chosen instanceof HTMLButtonElement && event.defaultPrevented)) onClose();
      }}
      className={cn(
        "max-h-[calc(100dvh-5rem)] min-w-56 max-w-[calc(100vw-1rem)] animate-float-in overflow-y-auto rounded-xl border border-line bg-raised p-1 text-ink shadow-float outline-none",
        className,
      )}
    >
      {children}
    </div>
  );
}

function itemsOf(menu: RefObject<HTMLElement | null>): HTMLElement[] {
  return [...(menu.current?.querySelectorAll<HTMLElement>(ITEM) ?? [])];
}

const itemStyles =
  "relative flex min-h-9 pointer-coarse:min-h-11 w-full cursor-pointer select-none items-center gap-2 rounded-lg px-2 py-1.5 text-start text-sm outline-none focus:bg-subtle [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted";

/** The attributes that make a link an item of a menu. */
export const menuLink = { role: "menuitem", tabIndex: -1, className: itemStyles } as const;

/** A labelled group of items, of which one is chosen. */
export function MenuRadioGroup({ label, children }: { label: string; children: ReactNode }) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a menu
    <div role="group" aria-labelledby={id}>
      <MenuLabel id={id}>{label}</MenuLabel>
      {children}
    </div>
  );
}

type MenuRadioItemProps = Omit<ComponentProps<"button">, "type" | "role" | "className"> & { checked: boolean };

export function MenuRadioItem({ checked, children, ...props }: MenuRadioItemProps) {
  return (
    <button type="button" role="menuitemradio" aria-checked={checked} tabIndex={-1} className={itemStyles} {...props}>
      <span className="flex-1">{children}</span>
      {checked ? <Check aria-hidden className="!text-accent-ink" /> : null}
    </button>
  );
}

export function MenuLabel({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <div id={id} className="px-2 pt-2 pb-1 font-medium text-muted text-xs">
      {children}
    </div>
  );
}

export function MenuSeparator() {
  return <hr className="mx-1 my-1 h-px border-0 bg-line" />;
}
