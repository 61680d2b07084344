import type { Portal } from "@mgs/core/portals";

/** Accents of the design system as plain colours: mail clients know no CSS variables. Both carry white text (AA). */
export const ACCENTS: Record<Portal, string> = {
  administration: "#4a41df",
  commercial: "#0b7a5c",
  "gestion-dossier": "#a44a0c",
};

export const LIGHT = { canvas: "#f6f6f8", surface: "#ffffff", line: "#e4e4ea", ink: "#16161c", quiet: "#5b5b68" };

/** Clients that know `prefers-color-scheme` get dark; the others the inline light colours. */
export const DARK_STYLES = [
  "@media (prefers-color-scheme: dark) {",
  ".canvas, .canvas td { background-color: #101014 !important }",
  ".surface, .surface td { background-color: #1a1a20 !important }",
  ".surface { border-left-color: #2e2e38 !important; border-right-color: #2e2e38 !important }",
  ".surface { border-bottom-color: #2e2e38 !important }",
  ".ink { color: #f2f2f6 !important }",
  ".quiet { color: #a5a5b4 !important }",
  ".line { border-color: #2e2e38 !important }",
  "}",
].join(" ");
