/** A quiet link that stands alone, beside or below a form's button; tall enough for a finger. */
export const textLinkStyles =
  "inline-flex min-h-control-sm items-center gap-2 text-muted text-sm underline underline-offset-4 hover:text-ink";
