"use client";
import { cn } from "@mgs/ui/cn";
import { X } from "lucide-react";
import Link from "next/link";
import { useRef } from "react";
import { useFocusAfterRemoval } from "../browser/use-focus-after-removal";

type ActiveFilterProps = {
  text: string;
  /** What a press does, for screen readers. */
  remove: string;
  href: string;
  isInvalid: boolean;
};

/** One filter of `ActiveFilters`. With it the focus goes to its neighbour, so that several are taken away one after the other. */
export function ActiveFilter({ text, remove, href, isInvalid }: ActiveFilterProps) {
  const entry = useRef<HTMLLIElement>(null);
  useFocusAfterRemoval(entry);
  return (
    <li ref={entry} className="max-w-full">
      <Link
        href={href}
        prefetch={false}
        scroll={false}
        className={cn(
          "inline-flex min-h-control-sm max-w-full items-center gap-1.5 rounded-lg border px-3 py-1 text-sm",
          isInvalid
            ? "border-danger bg-danger-soft text-danger-ink"
            : "border-line bg-subtle text-ink hover:border-accent",
        )}
      >
        <span className="min-w-0 break-words">{text}</span>
        <X aria-hidden className="size-4 shrink-0" />
        <span className="sr-only">{remove}</span>
      </Link>
    </li>
  );
}
