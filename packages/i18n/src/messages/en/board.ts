import type { board as texts } from "../fr/board";

/** The board of case files, in the browser. */
export const board: typeof texts = {
  count: "Count:",
  moreThan: "more than {number}",
  empty: "No case file",
  more: "Show more",
  moreOf: "Show more case files: {state}",
  move: "Move to…",
  moveTo: "Move {reference} to…",
  moving: "{reference}: moving to {state}…",
  moved: "{reference} is now in the column {state}, first of {count, number}.",
  refused: "{reference} stays where it was: {reason}",
  loaded: "{count, plural, one {# case file added} other {# case files added}} to the column {state}.",
  updated: "Board updated at {time}.",
  overdue: "{day}, overdue",
  priorities: { haute: "High", urgente: "Urgent" },
  reasonTitle: "{reference}: {state}",
  reason: "Reason",
  reasonHint: "Those who follow the case file will read it.",
  reasonNeeded: "This step needs a reason.",
  confirm: "Move",
  cancel: "Cancel",
  close: "Close",
};
