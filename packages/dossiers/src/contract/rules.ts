/** Longest values of a dossier's fields, in characters. */
export const MAX_CHARACTERS = {
  title: 200,
  description: 10_000,
  concerned: 200,
  contact: 200,
  tag: 40,
  reason: 2_000,
  question: 2_000,
  answer: 5_000,
  customText: 1_000,
  place: 200,
  originUrl: 2_048,
} as const;
export const MAX_TAGS = 20;
export const MAX_PARTICIPANTS = 100;

/** Priorities from the lowest; a row has the place in this list, counted from 1. */
export const PRIORITIES = ["basse", "normale", "haute", "urgente"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Who a dossier is about. */
export const CONCERNED_KINDS = ["personne", "entreprise"] as const;
export type ConcernedKind = (typeof CONCERNED_KINDS)[number];

/** Reasons why somebody sees a dossier without the right to see all. */
export const ACCESS_REASONS = ["creator", "assignee", "follower", "asked", "granted", "substitute"] as const;
export type AccessReason = (typeof ACCESS_REASONS)[number];

/** `D-2026-0042`: the year, and the place among its dossiers, in four digits or more. */
export const formatReference = (year: number, number: number): string => `D-${year}-${String(number).padStart(4, "0")}`;
export const REFERENCE_PATTERN = /^D-\d{4}-\d{4,}$/;
