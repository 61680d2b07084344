"use client";
import { showToast } from "@mgs/ui/toasts";
import { ToastCard } from "./toast-card";

/** Shows a toast with the outcome of something that the reader did. */
export function showMessage(title: string, tone: "info" | "danger" = "info"): void {
  showToast((id) => <ToastCard id={id} tone={tone} title={title} />);
}
