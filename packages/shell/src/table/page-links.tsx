import { buttonStyles } from "@mgs/ui/button";
import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";

type PageLink = { href: string; text: string } | null;
type PageLinksProps = { label: string; back: PageLink; on: PageLink };

/** The links between the pages of a list, at the two ends of a line. */
export function PageLinks({ label, back, on }: PageLinksProps) {
  if (back === null && on === null) return null;
  const styles = buttonStyles({ variant: "secondary" });
  return (
    <nav aria-label={label} className="mt-4 flex flex-wrap justify-between gap-2">
      {back ? (
        <Link href={back.href} prefetch={false} className={styles}>
          <ChevronLeft aria-hidden className="rtl:rotate-180" />
          {back.text}
        </Link>
      ) : (
        <span />
      )}
      {on ? (
        <Link href={on.href} prefetch={false} className={styles}>
          {on.text}
          <ChevronRight aria-hidden className="rtl:rotate-180" />
        </Link>
      ) : null}
    </nav>
  );
}
