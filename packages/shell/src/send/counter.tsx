"use client";
import { type Control, useWatch } from "react-hook-form";
import { useTranslations } from "../intl";
import type { SendValues } from "./send-values";

type CounterProps = { control: Control<SendValues>; name: "titre" | "message"; max: number };

/** Shows the used and the allowed characters, counted as the API counts them. */
export function Counter({ control, name, max }: CounterProps) {
  const t = useTranslations("sendForm");
  const count = Array.from(useWatch({ control, name })).length;
  return (
    <span className={count > max ? "font-medium text-danger-ink" : undefined}>
      <span aria-hidden>{t("counter", { count, max })}</span>
      <span className="sr-only">{t("counterSpoken", { count, max })}</span>
    </span>
  );
}
