"use client";
import { type FocusEvent, type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { MessageRow } from "./message-rows";

type RowKeys = {
  /** The row that has the focus or something in it that has; -1: none. */
  activeIndex: number;
  onKeyDown(event: KeyboardEvent): void;
  onFocus(event: FocusEvent): void;
  onBlur(event: FocusEvent): void;
};

type Options = {
  /** Brings a row into sight, so that it is drawn. */
  onMove: (index: number) => void;
  /** Escape was pressed. */
  onLeave: () => void;
};

const isMessage = (row: MessageRow | undefined): boolean => row?.kind === "message" || row?.kind === "waiting";

/** Moves the focus in a list by the arrow keys, Home and End; Enter opens what can be done with a row, Escape leaves the list. */
export function useRowKeys(
  frame: RefObject<HTMLElement | null>,
  rows: readonly MessageRow[],
  { onMove, onLeave }: Options,
): RowKeys {
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const wanted = useRef(false);
  const activeIndex = activeKey === null ? -1 : rows.findIndex(({ key }) => key === activeKey);

  useLayoutEffect(() => {
    if (!wanted.current || activeIndex < 0) return;
    const row = frame.current?.querySelector<HTMLElement>(`li[data-index="${activeIndex}"]`);
    if (!row) return;
    wanted.current = false;
    row.focus({ preventScroll: true });
  });

  function focus(index: number) {
    const row = rows[index];
    if (!row) return;
    wanted.current = true;
    setActiveKey(row.key);
    onMove(index);
  }

  /** The nearest message on one side of a row. */
  function next(from: number, step: 1 | -1): number {
    let index = from + step;
    while (index >= 0 && index < rows.length && !isMessage(rows[index])) index += step;
    return index;
  }

  function onKeyDown(event: KeyboardEvent) {
    const target = event.target as HTMLElement;
    const menu = target.closest("[aria-haspopup=menu], [role=menu]");
    if (event.key === "Escape" && menu && !event.defaultPrevented) {
      // The menu closes when the focus leaves it.
      event.preventDefault();
      return target.closest("li")?.focus({ preventScroll: true });
    }
    const isRow = target.tagName === "LI";
    // Fields and menus in a row have their own keys.
    if (!isRow && target !== frame.current) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const from = isRow ? Number(target.dataset.index) : rows.length;
    if (event.key === "ArrowUp") focus(next(from, -1));
    else if (event.key === "ArrowDown") focus(isRow ? next(from, 1) : next(rows.length, -1));
    else if (event.key === "Home") focus(next(-1, 1));
    else if (event.key === "End") focus(next(rows.length, -1));
    else if (event.key === "Enter" && isRow) target.querySelector<HTMLElement>("[aria-haspopup=menu]")?.click();
    else if (event.key === "Escape") onLeave();
    else return;
    event.preventDefault();
  }

  function onFocus({ target }: FocusEvent) {
    const index = target.closest<HTMLElement>("li[data-index]")?.dataset.index;
    setActiveKey(index === undefined ? null : (rows[Number(index)]?.key ?? null));
  }

  function onBlur({ currentTarget, relatedTarget }: FocusEvent) {
    if (!wanted.current && !(relatedTarget instanceof Node && currentTarget.contains(relatedTarget)))
      setActiveKey(null);
  }

  return { activeIndex, onKeyDown, onFocus, onBlur };
}
