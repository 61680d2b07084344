"use client";
import { cn } from "@mgs/ui/cn";
import { dismissToast } from "@mgs/ui/toasts";
import { Bell, CircleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "../intl";

type ToastCardProps = {
  id: number;
  title: string;
  text?: string | undefined;
  link?: ReactNode;
  tone?: "info" | "danger";
};

/** The card of every toast. Texts are children, so that markup in a titre stays text. */
export function ToastCard({ id, title, text, link, tone = "info" }: ToastCardProps) {
  const t = useTranslations("notifications");
  const Icon = tone === "info" ? Bell : CircleAlert;
  return (
    <div
      data-testid="toast"
      className="flex w-full items-start gap-3 rounded-xl border border-line bg-raised p-4 text-ink text-sm shadow-float"
    >
      <span
        aria-hidden
        className={cn(
          "inline-flex size-control-sm shrink-0 items-center justify-center rounded-lg",
          tone === "info" ? "bg-accent-soft text-accent-ink" : "bg-danger-soft text-danger-ink",
        )}
      >
        <Icon className="size-4" />
      </span>
      <div className="min-w-0 flex-1">
        {/* A message of the portal itself has no text below its title, which is therefore never cut. */}
        <p className={cn("break-words font-semibold", text ? "line-clamp-2" : "line-clamp-4")}>
          <bdi>{title}</bdi>
        </p>
        {text ? (
          <p className="mt-0.5 line-clamp-3 break-words text-muted">
            <bdi>{text}</bdi>
          </p>
        ) : null}
        {link ? <div className="mt-2">{link}</div> : null}
      </div>
      <button
        type="button"
        aria-label={t("dismiss")}
        onClick={() => dismissToast(id)}
        className="-m-1 inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted hover:bg-subtle hover:text-ink"
      >
        <X aria-hidden className="size-4" />
      </button>
    </div>
  );
}
