import { ArrowLeft } from "lucide-react";
import Link from "next/link";

/** The way back to the list of a page. */
export function BackLink({ href, children }: { href: string; children: string }) {
  return (
    <Link
      href={href}
      className="mb-2 inline-flex min-h-control-sm items-center gap-2 text-muted underline-offset-4 hover:text-ink hover:underline"
    >
      <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
      {children}
    </Link>
  );
}
