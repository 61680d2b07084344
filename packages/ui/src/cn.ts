import { type ClassValue, clsx } from "clsx";

/**
 * Joins class names. Of two classes for one property the order in the style sheet decides, not the order here: so components
 * offer variants, and the end-to-end tests refuse an element with two such classes.
 */
export function cn(...classes: ClassValue[]): string {
  return clsx(classes);
}
