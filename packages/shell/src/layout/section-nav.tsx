"use client";
import { cn } from "@mgs/ui/cn";
import Link from "next/link";
import { usePathname } from "next/navigation";

type SectionNavProps = { label: string; entries: readonly { href: string; label: string; shortLabel?: string }[] };

/** The pages of one section, side by side below the frame; on a phone what does not fit stands on a second line. */
export function SectionNav({ label, entries }: SectionNavProps) {
  const pathname = usePathname();
  if (entries.length < 2) return null;
  return (
    <nav aria-label={label} className="mb-6 border-line border-b">
      <ul className="flex flex-wrap gap-x-1">
        {entries.map(({ href, label: text, shortLabel }) => {
          const isCurrent = pathname === href;
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={isCurrent ? "page" : undefined}
                className={cn(
                  "-mb-px inline-flex min-h-control items-center border-b-2 px-2 sm:px-3 font-medium text-sm -outline-offset-2",
                  isCurrent ? "border-accent text-ink" : "border-transparent text-muted hover:text-ink",
                )}
              >
                {shortLabel === undefined ? (
                  text
                ) : (
                  <>
                    <span className="sm:hidden">{shortLabel}</span>
                    <span className="max-sm:hidden">{text}</span>
                  </>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
