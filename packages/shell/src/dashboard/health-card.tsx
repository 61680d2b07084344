"use client";
import { Alert } from "@mgs/ui/alert";
import { Badge } from "@mgs/ui/badge";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { Skeleton } from "@mgs/ui/skeleton";
import { Activity, CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import { use } from "react";
import { useTranslations } from "../intl";

/** The state of one part of the system; `detail` is a short fact such as a latency or a count. */
export type SystemHealthItem = { name: string; state: "ok" | "degraded" | "down"; detail?: string | undefined };

const STATES = {
  ok: { tone: "success", icon: CircleCheck },
  degraded: { tone: "warning", icon: TriangleAlert },
  down: { tone: "danger", icon: CircleX },
} as const;

export function HealthCard({ health }: { health: Promise<readonly SystemHealthItem[] | null> }) {
  const t = useTranslations("dashboard");
  const items = use(health);
  return (
    <Card>
      <CardHeader title={t("health")} icon={<Activity aria-hidden />} />
      {items === null ? (
        <CardBody>
          <Alert tone="danger">{t("healthFailed")}</Alert>
        </CardBody>
      ) : (
        <ul className="divide-y divide-line">
          {items.map(({ name, state, detail }) => {
            const { tone, icon: Icon } = STATES[state];
            return (
              <li key={name} className="flex min-h-12 items-center gap-3 px-4 py-2 sm:px-6">
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{name}</span>
                  {detail ? <span className="block text-muted text-xs">{detail}</span> : null}
                </span>
                <Badge tone={tone}>
                  <Icon aria-hidden />
                  {t(`healthStates.${state}`)}
                </Badge>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

export function HealthSkeleton() {
  const t = useTranslations("dashboard");
  return (
    <Card>
      <CardHeader title={t("health")} icon={<Activity aria-hidden />} />
      <div role="status" aria-label={t("healthLoading")} className="divide-y divide-line">
        {Array.from({ length: 5 }, (_, index) => (
          <div key={index} className="flex min-h-12 items-center justify-between px-4 py-2 sm:px-6">
            <Skeleton className="h-4 w-32" />
            <Skeleton className="h-5 w-20" />
          </div>
        ))}
      </div>
    </Card>
  );
}
