import { cn } from "./cn";

/** Returns the first letters of the first and the last word of a name; a letter is a grapheme cluster. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0] ?? "";
  const last = words.length > 1 ? (words[words.length - 1] ?? "") : "";
  return [first, last].map((word) => (Array.from(word)[0] ?? "").toLocaleUpperCase()).join("");
}

type AvatarProps = { name: string; online?: boolean; size?: "sm" | "md" | "lg"; className?: string };

/** A person's initials as decoration; their name is written beside it. */
export function Avatar({ name, online = false, size = "md", className }: AvatarProps) {
  return (
    <span
      aria-hidden
      className={cn(
        "relative inline-flex shrink-0 select-none items-center justify-center rounded-full bg-accent-soft font-semibold text-accent-ink",
        size === "sm" && "size-6 text-2xs",
        size === "md" && "size-8 text-xs",
        size === "lg" && "size-14 text-lg",
        className,
      )}
    >
      {initials(name)}
      {online ? (
        <span className="absolute end-0 bottom-0 size-2.5 rounded-full border-2 border-surface bg-success-ink" />
      ) : null}
    </span>
  );
}
