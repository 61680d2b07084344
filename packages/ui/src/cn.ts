import { type ClassValue, clsx } from "clsx";

/**
 * Joins class names. Of two classes for one property the style sheet's order decides, not theirs: a component offers a
 * variant where its looks may differ, and the end-to-end tests refuse an element with two of them.
 */
export function cn(...classes: ClassValue[]): string {
  return clsx(classes);
}
