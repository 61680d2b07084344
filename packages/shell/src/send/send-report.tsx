"use client";
import { Alert } from "@mgs/ui/alert";
import { CircleCheck, CircleX } from "lucide-react";
import { useTranslations } from "../intl";
import { waitTime } from "../time/relative-time";
import type { SendOutcome } from "./use-send-form";

type SendReportProps = {
  outcomes: readonly SendOutcome[];
  failure: { message: string; retryAfter?: number } | null;
  /** Seconds until the next attempt. */
  wait: number;
};

/** What became of the last press of the button: for one person a sentence, for several a line each. */
export function SendReport({ outcomes, failure, wait }: SendReportProps) {
  const t = useTranslations("sendForm");
  const sent = outcomes.filter(({ reason }) => reason === undefined);
  const [only] = outcomes;
  const retry = failure?.retryAfter ? (
    <p className="tabular-nums">{wait > 0 ? t("retryIn", { time: waitTime(wait) }) : t("retryNow")}</p>
  ) : null;
  if (outcomes.length > 1) {
    return (
      <Alert
        tone={sent.length === outcomes.length ? "success" : sent.length === 0 ? "danger" : "warning"}
        title={t("sentTo", { sent: sent.length, all: outcomes.length })}
      >
        <ul className="mt-2 grid gap-1">
          {outcomes.map(({ id, name, reason }) => {
            const Icon = reason === undefined ? CircleCheck : CircleX;
            return (
              <li key={id} className="flex items-start gap-2">
                <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
                <span className="min-w-0 break-words">
                  <bdi className="font-medium">{name}</bdi> : {reason ?? t("sentOne")}
                </span>
              </li>
            );
          })}
        </ul>
        {retry}
      </Alert>
    );
  }
  if (failure) {
    return (
      <Alert tone="danger" title={failure.message}>
        {retry}
      </Alert>
    );
  }
  if (!only) return null;
  return (
    <Alert tone="success" title={t("sent", { name: only.name })}>
      {t("another")}
    </Alert>
  );
}
