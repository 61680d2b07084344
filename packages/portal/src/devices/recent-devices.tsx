import type { Locale } from "@mgs/core/locale";
import { devicesPath } from "@mgs/core/portal-links";
import type { Device } from "@mgs/identity/devices/list-devices";
import { RelativeTime } from "@mgs/shell/time/relative";
import { Badge } from "@mgs/ui/badge";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { MonitorSmartphone } from "lucide-react";
import Link from "next/link";
import { DeviceIcon } from "./device-item";
import { deviceTexts } from "./device-texts";

/** "Sessions récentes" of a dashboard: the devices seen last, and the way to all of them. */
export function RecentDevices({ devices, locale }: { devices: readonly Device[]; locale: Locale }) {
  // A person in whose name an administrator acts may have none.
  if (devices.length === 0) return null;
  const { t, name } = deviceTexts(locale);
  return (
    <Card>
      <CardHeader
        title={t("recent")}
        icon={<MonitorSmartphone aria-hidden />}
        action={
          <Link href={devicesPath()} className={buttonStyles({ variant: "ghost", size: "sm" })}>
            {t("manage")}
          </Link>
        }
      />
      <ul className="divide-y divide-line">
        {devices.map((device) => (
          <li key={device.id} className="flex items-center gap-3 px-4 py-3 sm:px-6">
            <DeviceIcon kind={device.kind} />
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-x-2">
                <span className="min-w-0 break-words font-medium">{name(device)}</span>
                {device.isCurrent ? <Badge tone="success">{t("current")}</Badge> : null}
              </p>
              <p className="break-words text-muted text-xs">
                {[device.place ?? device.ip].filter(Boolean).map((where) => `${where} · `)}
                <RelativeTime iso={device.lastSeenAt.toISOString()} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
