"use client";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef } from "react";

const ROW_LINK = "[data-row-link]";
const ROW_CHECK = "input[data-row-check]";

/**
 * What a list does by keys and script alone: the arrow keys go from row to row, Home and End to its ends, the space bar chooses a row, Enter opens it,
 * `/` leads to the search; with Shift a press on a box chooses all rows in between. Escape shuts an open menu. Forms inside leave what is empty out of
 * the address.
 */
export function ListKeys({ children }: { children: ReactNode }) {
  const root = useRef<HTMLDivElement>(null);
  const lastCheck = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const frame = root.current;
    if (!frame) return;
    const focusSearch = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const search = frame.querySelector<HTMLInputElement>('input[type="search"]');
      if (!search || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      search.focus();
      search.select();
    };
    const dropEmpty = ({ target, formData }: FormDataEvent) => {
      if (!(target instanceof HTMLFormElement) || target.method !== "get") return;
      for (const name of new Set(formData.keys())) {
        const values = formData.getAll(name).filter((value) => value !== "");
        formData.delete(name);
        if (values.length > 0) formData.set(name, values.join(","));
      }
    };
    const shutMenus = ({ target }: PointerEvent) => {
      for (const menu of frame.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]"))
        if (target instanceof Node && !menu.contains(target) && !isInDialog(target)) menu.open = false;
    };
    document.addEventListener("keydown", focusSearch);
    document.addEventListener("pointerdown", shutMenus);
    frame.addEventListener("formdata", dropEmpty);
    return () => {
      document.removeEventListener("keydown", focusSearch);
      document.removeEventListener("pointerdown", shutMenus);
      frame.removeEventListener("formdata", dropEmpty);
    };
  }, []);

  function onKeyDown(event: KeyboardEvent) {
    const { target, key } = event;
    if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
      return;
    if (key === "Escape") return shutMenuAround(target);
    const links = [...(root.current?.querySelectorAll<HTMLElement>(ROW_LINK) ?? [])];
    const row = target.closest("tbody tr");
    const at = links.findIndex((link) => row?.contains(link));
    const isFromSearch = key === "ArrowDown" && target.matches('input[type="search"]');
    if (at < 0 && !isFromSearch) return;
    if (key === " " && target.matches(ROW_LINK)) row?.querySelector<HTMLInputElement>(ROW_CHECK)?.click();
    else if (key === "ArrowDown") links[Math.min(at + 1, links.length - 1)]?.focus();
    else if (key === "ArrowUp") links[Math.max(at - 1, 0)]?.focus();
    else if (key === "Home") links[0]?.focus();
    else if (key === "End") links.at(-1)?.focus();
    else return;
    event.preventDefault();
  }

  function onClick({ target, shiftKey }: MouseEvent) {
    // A link of a menu leads to another state of the same page, which the menu would hide.
    const menu =
      target instanceof Element ? target.closest("a")?.closest<HTMLDetailsElement>("details[data-menu]") : null;
    if (menu) menu.open = false;
    if (!(target instanceof HTMLInputElement) || !target.matches(ROW_CHECK)) return;
    const checks = [...(root.current?.querySelectorAll<HTMLInputElement>(ROW_CHECK) ?? [])];
    const from = lastCheck.current ? checks.indexOf(lastCheck.current) : -1;
    lastCheck.current = target;
    if (!shiftKey || from < 0) return;
    const to = checks.indexOf(target);
    for (const check of checks.slice(Math.min(from, to), Math.max(from, to) + 1)) check.checked = target.checked;
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the rows inside, which are links
    <div ref={root} onKeyDown={onKeyDown} onClick={onClick}>
      {children}
    </div>
  );
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('textarea, select, input:not([type="checkbox"], [type="radio"])'));

const isInDialog = (target: Node): boolean => target instanceof Element && target.closest("dialog") !== null;

function shutMenuAround(target: HTMLElement): void {
  const menu = target.closest<HTMLDetailsElement>("details[data-menu][open]");
  if (!menu || target.closest("dialog")) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
}
