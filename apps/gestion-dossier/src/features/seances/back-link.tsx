import { seancesPath } from "@mgs/dossiers/links";
import { ChevronLeft } from "lucide-react";
import Link from "next/link";

/** Leads back to the list of sessions. */
export function BackLink({ label }: { label: string }) {
  return (
    <Link href={seancesPath()} className="mb-3 inline-flex min-h-control-sm items-center gap-1 text-accent-ink text-sm">
      <ChevronLeft aria-hidden className="size-4 rtl:rotate-180" />
      {label}
    </Link>
  );
}
