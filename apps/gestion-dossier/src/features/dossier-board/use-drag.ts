"use client";
import { type DossierState, findStep } from "@mgs/dossiers/contract/states";
import { type RefObject, useEffect, useEffectEvent, useState } from "react";
import type { Move } from "./columns";
import { createTouchDrag } from "./touch-drag";

const fingers = createTouchDrag<Omit<Move, "to">>();

/** The library is loaded by the board alone, and after it is drawn: the menu of each card moves it without. */
const loadAdapter = () => import("@atlaskit/pragmatic-drag-and-drop/element/adapter");

const isMove = (data: Record<string | symbol, unknown>): data is { move: Omit<Move, "to"> } => "move" in data;

/** Makes a card one that mouse and finger drag. @returns whether it is being dragged */
export function useDraggable(ref: RefObject<HTMLElement | null>, move: Omit<Move, "to">, enabled: boolean): boolean {
  const [dragged, setDragged] = useState(false);
  const read = useEffectEvent(() => ({ move }));
  useEffect(() => {
    const element = ref.current;
    if (!element || !enabled) return;
    const leaveFingers = fingers.addSource(element, {
      read: () => read().move,
      onStart: () => setDragged(true),
      onEnd: () => setDragged(false),
    });
    const leaveMouse = whenLoaded(({ draggable }) =>
      draggable({
        element,
        getInitialData: () => read(),
        onDragStart: () => setDragged(true),
        onDrop: () => setDragged(false),
      }),
    );
    return () => {
      leaveFingers();
      leaveMouse();
    };
  }, [ref, enabled]);
  return dragged;
}

/** Makes a column one that takes cards whose state has a step to its own. @returns whether one is above it */
export function useDropTarget(
  ref: RefObject<HTMLElement | null>,
  state: DossierState,
  isAllowed: (from: DossierState, to: DossierState) => boolean,
  onDrop: (move: Move) => void,
): boolean {
  const [over, setOver] = useState(false);
  const drop = useEffectEvent(onDrop);
  const allows = useEffectEvent(isAllowed);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const takes = ({ from }: Omit<Move, "to">) => findStep(from, state) !== undefined && allows(from, state);
    const leaveFingers = fingers.addTarget(element, {
      allows: takes,
      onOver: setOver,
      onDrop: (move) => drop({ ...move, to: state }),
    });
    const leaveMouse = whenLoaded(({ dropTargetForElements }) =>
      dropTargetForElements({
        element,
        canDrop: ({ source }) => isMove(source.data) && takes(source.data.move),
        onDragEnter: () => setOver(true),
        onDragLeave: () => setOver(false),
        onDrop: ({ source }) => {
          setOver(false);
          if (isMove(source.data)) drop({ ...source.data.move, to: state });
        },
      }),
    );
    return () => {
      leaveFingers();
      leaveMouse();
    };
  }, [ref, state]);
  return over;
}

/** Runs a set-up when the library has come, unless the component has gone meanwhile. @returns the clean-up */
function whenLoaded(setUp: (adapter: Awaited<ReturnType<typeof loadAdapter>>) => () => void): () => void {
  let cleanUp: (() => void) | null = null;
  let isGone = false;
  void loadAdapter().then(
    (adapter) => {
      if (!isGone) cleanUp = setUp(adapter);
    },
    // Without it cards are moved by their menus.
    () => undefined,
  );
  return () => {
    isGone = true;
    cleanUp?.();
  };
}
