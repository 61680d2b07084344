import { PortalMark } from "@mgs/ui/portal-mark";
import { textLinkStyles } from "@mgs/ui/text-link";
import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { PageHeader } from "./page-header";

type AccountFrameProps = {
  title: string;
  intro: string;
  /** Where the person came from, of whatever portal. */
  back: { href: string; label: string };
  children: ReactNode;
};

/** A page about the account of whoever is signed in, of whatever portal they are: it stands outside each portal's frame. */
export function AccountFrame({ title, intro, back, children }: AccountFrameProps) {
  return (
    <main id="main" tabIndex={-1} className="mx-auto max-w-3xl px-4 py-8 outline-none sm:py-12">
      <div className="mb-6 flex items-center justify-between gap-4">
        <PortalMark portal="administration" />
        <a href={back.href} className={textLinkStyles}>
          <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
          {back.label}
        </a>
      </div>
      <PageHeader title={title} intro={intro} />
      {children}
    </main>
  );
}
