import type { Portal } from "@mgs/core/portals";
import { PortalMark } from "@mgs/ui/portal-mark";
import type { ReactNode } from "react";

type PublicFrameProps = {
  portal: Portal;
  title: string;
  intro?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
};

/** A card in the middle of the page, for pages outside the shell: sign-in, sign-out, consent, refusals, errors. */
export function PublicFrame({ portal, title, intro, children, footer }: PublicFrameProps) {
  return (
    <main
      id="main"
      data-portal={portal}
      className="flex min-h-[calc(100dvh-var(--frame-top,0px))] flex-col items-center justify-center gap-6 px-4 py-12"
    >
      <div className="w-full max-w-md rounded-2xl border border-line bg-surface p-6 shadow-float sm:p-8">
        <PortalMark portal={portal} size="lg" />
        <h1 className="mt-6 text-balance break-words font-semibold text-display">{title}</h1>
        {intro ? <div className="mt-2 text-muted">{intro}</div> : null}
        {children ? <div className="mt-6">{children}</div> : null}
      </div>
      {footer ? <div className="text-center text-muted text-xs">{footer}</div> : null}
    </main>
  );
}
