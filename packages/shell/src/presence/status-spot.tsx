"use client";
import { useLoaded } from "../browser/use-loaded";

const load = () => import("./status-menu").then(({ StatusMenu }) => StatusMenu);

/** The place in the user menu where somebody chooses how they are seen; it is loaded when the menu is opened. */
export function StatusSpot() {
  const Menu = useLoaded(true, load);
  return Menu && <Menu />;
}
