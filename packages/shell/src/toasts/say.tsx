"use client";
import { showToast } from "@mgs/ui/toasts";
import { ToastCard } from "./toast-card";

/** Says what became of something the reader did. */
export function say(title: string, tone: "news" | "danger" = "news"): void {
  showToast((id) => <ToastCard id={id} tone={tone} title={title} />);
}
