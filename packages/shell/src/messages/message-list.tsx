"use client";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import {
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useRef,
} from "react";
import { useTranslations } from "../intl";
import type { MessageRow } from "./message-rows";
import { useKeptPlace } from "./use-kept-place";
import { useListPlace } from "./use-list-place";
import { useRowKeys } from "./use-row-keys";

/** How a page moves in its list. */
export type MessageListHandle = {
  /** Shows the row with this key in the middle, also one that is drawn next. @returns false when it is not there yet */
  show(key: string): boolean;
  showEnd(): void;
};

/** What of a list is in sight. */
export type Sight = { isAtEnd: boolean; first: number; last: number };

type MessageListProps = {
  rows: readonly MessageRow[];
  label: string;
  /** The row that is shown first; null: the end. */
  initialKey: string | null;
  /** The last row is the newest: whoever is at the end stays there when more come. */
  isComplete: boolean;
  /** @param isActive the keys are in the row */
  draw: (row: MessageRow, isActive: boolean) => ReactNode;
  /** Stands where no row does. */
  children?: ReactNode;
  onNearStart: () => void;
  onNearEnd: () => void;
  /** Told on each change. */
  onSight: (sight: Sight) => void;
  /** The keys leave the list. */
  onLeave: () => void;
  handle: RefObject<MessageListHandle | null>;
};

const ESTIMATED_ROW_PX = 44;
const OVERSCAN_ROWS = 8;
/** The next page is asked for so many rows before an end. */
const NEAR_ROWS = 10;
const AT_END_PX = 80;

/**
 * The rows of a conversation, of which those in sight alone are drawn. It begins at its end or at a row, follows its end while that is in sight, and keeps its
 * place when older rows come or a picture changes a row's height. The arrow keys go from message to message, Enter opens what can be done with one.
 */
export function MessageList(props: MessageListProps) {
  const { rows, label, initialKey, isComplete, draw, children, onNearStart, onNearEnd, onSight, onLeave, handle } =
    props;
  const t = useTranslations("messages");
  const frame = useRef<HTMLElement>(null);
  // A page that is added behind the last row is no news: its reader stays where they are.
  const wasComplete = useRef(isComplete);
  const keys = useRowKeys(frame, rows, { onLeave, onMove: (index) => list.scrollToIndex(index) });
  const { activeIndex } = keys;
  const list = useVirtualizer<HTMLElement, HTMLLIElement>({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ESTIMATED_ROW_PX,
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    // The row with the focus stays, however far it is scrolled away.
    rangeExtractor: useCallback<typeof defaultRangeExtractor>(
      (range) => withIndex(defaultRangeExtractor(range), activeIndex),
      [activeIndex],
    ),
    overscan: OVERSCAN_ROWS,
    anchorTo: "end",
    followOnAppend: wasComplete.current && isComplete,
    scrollEndThreshold: AT_END_PX,
  });
  useEffect(() => {
    wasComplete.current = isComplete;
  });
  const place = useListPlace(list, rows, { key: initialKey, align: "start" });
  const notePlace = useKeptPlace(list, rows, place);

  useImperativeHandle(handle, () => ({
    show(key) {
      place.goTo({ key, align: "center" });
      return rows.some((row) => row.key === key);
    },
    showEnd: () => place.goTo({ key: null, align: "start" }),
  }));

  // The range is that of the rows which are drawn.
  const items = list.getVirtualItems();
  const first = list.range?.startIndex ?? 0;
  const last = list.range?.endIndex ?? 0;
  useEffect(() => {
    if (!place.isSettled) return;
    if (first < NEAR_ROWS) onNearStart();
    if (last >= rows.length - NEAR_ROWS) onNearEnd();
  }, [place.isSettled, first, last, rows.length]);
  useEffect(() => {
    if (!place.isSettled) return;
    isAtEnd.current = list.isAtEnd(AT_END_PX);
    onSight({ isAtEnd: isAtEnd.current, first, last });
  }, [place.isSettled, first, last, rows.length, list.scrollOffset]);

  // The pane grows and shrinks with the field below it: whoever is at the end stays there.
  const isAtEnd = useRef(true);
  const keepEnd = useEffectEvent(() => {
    if (isAtEnd.current && place.isSettled) list.scrollToEnd();
  });
  useEffect(() => {
    if (!frame.current) return;
    const resized = new ResizeObserver(() => keepEnd());
    resized.observe(frame.current);
    return () => resized.disconnect();
  }, []);

  return (
    <section
      ref={frame}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      aria-description={t("keys")}
      onKeyDown={(event) => {
        place.giveUp();
        keys.onKeyDown(event);
      }}
      onFocus={keys.onFocus}
      onBlur={keys.onBlur}
      onScroll={notePlace}
      onWheel={place.giveUp}
      onPointerDown={place.giveUp}
      onTouchMove={place.giveUp}
      className="min-h-0 flex-1 overflow-y-auto py-2 [overflow-anchor:none] focus-visible:-outline-offset-2"
    >
      {rows.length === 0 ? children : null}
      <ol className="relative" style={{ height: list.getTotalSize() }}>
        {items.map(({ index, key, start }) => {
          const row = rows[index];
          return row ? (
            <li
              key={key}
              ref={list.measureElement}
              data-index={index}
              tabIndex={-1}
              className="group absolute inset-x-0 top-0 focus-visible:-outline-offset-2"
              style={{ transform: `translateY(${start}px)` }}
            >
              {draw(row, index === activeIndex)}
            </li>
          ) : null;
        })}
      </ol>
    </section>
  );
}

const withIndex = (indexes: number[], index: number): number[] =>
  index < 0 || indexes.includes(index) ? indexes : [...indexes, index].sort((one, other) => one - other);
