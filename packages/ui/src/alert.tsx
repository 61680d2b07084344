import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

const TONES = {
  info: { icon: Info, classes: "bg-accent-soft text-accent-ink" },
  success: { icon: CircleCheck, classes: "bg-success-soft text-success-ink" },
  warning: { icon: TriangleAlert, classes: "bg-warning-soft text-warning-ink" },
  danger: { icon: CircleAlert, classes: "bg-danger-soft text-danger-ink" },
} as const;

type AlertProps = {
  tone?: keyof typeof TONES;
  title?: string;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
};

/** A message box. Screen readers read errors at once (role alert), other messages at the next pause (role status). */
export function Alert({ tone = "info", title, children, action, className }: AlertProps) {
  const { icon: Icon, classes } = TONES[tone];
  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      className={cn("flex items-start gap-3 rounded-lg px-4 py-3", classes, className)}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1 break-words">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children}
      </div>
      {action}
    </div>
  );
}
