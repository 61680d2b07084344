"use client";
import { Alert } from "@mgs/ui/alert";
import { CircleCheck, CircleX } from "lucide-react";
import { useTranslations } from "../intl";
import { waitTime } from "../time/relative-time";
import type { SendOutcome } from "./use-send-form";

type SendReportProps = {
  outcomes: readonly SendOutcome[];
  failure: { message: string; retryAfter?: number } | null;
  /** The time until the next attempt may start. */
  waitSeconds: number;
};

/** Shows the outcomes of the last send: a sentence for one person, a line for each of several. */
export function SendReport({ outcomes, failure, waitSeconds }: SendReportProps) {
  const t = useTranslations("sendForm");
  const sent = outcomes.filter(({ reason }) => reason === undefined);
  const [only] = outcomes;
  const retry = failure?.retryAfter ? (
    <p className="tabular-nums">{waitSeconds > 0 ? t("retryIn", { time: waitTime(waitSeconds) }) : t("retryNow")}</p>
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
