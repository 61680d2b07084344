import type { Locale } from "@mgs/core/locale";
import type { Devices } from "@mgs/identity/devices/list-devices";
import { RefreshWhile } from "@mgs/shell/actions/refresh-while";
import { Card } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { EmptyState } from "@mgs/ui/empty-state";
import { History, MonitorSmartphone } from "lucide-react";
import type { ReactNode } from "react";
import { type DeviceActions, DeviceItem } from "./device-item";
import { deviceTexts } from "./device-texts";

/** While applications have not answered their logout tokens, the page asks how they are. */
const REFRESH_INTERVAL_MS = 2_000;

type DeviceCardsProps = {
  devices: Devices;
  locale: Locale;
  actions: DeviceActions;
  /** A button in the header of the live ones. */
  action?: ReactNode;
};

/** A person's live devices, and below them those that have ended with what became of their logout tokens. */
export function DeviceCards({ devices, locale, actions, action }: DeviceCardsProps) {
  const { t } = deviceTexts(locale);
  const { live, ended } = devices;
  const isUnderWay = ended.some(({ end }) =>
    end?.logouts.some(({ state }) => state === "pending" || state === "retrying"),
  );
  return (
    <div className="grid gap-6">
      <RefreshWhile active={isUnderWay} intervalMs={REFRESH_INTERVAL_MS} />
      <Card>
        <CardHeader title={t("live")} icon={<MonitorSmartphone aria-hidden />} action={action} />
        {live.length > 0 ? (
          <ul className="divide-y divide-line">
            {live.map((device) => (
              <DeviceItem key={device.id} device={device} locale={locale} actions={actions} />
            ))}
          </ul>
        ) : (
          <EmptyState icon={<MonitorSmartphone />} title={t("noLive")} />
        )}
      </Card>
      {ended.length > 0 ? (
        <Card>
          <CardHeader title={t("ended")} description={t("endedHint")} icon={<History aria-hidden />} />
          <ul className="divide-y divide-line">
            {ended.map((device) => (
              <DeviceItem key={device.id} device={device} locale={locale} actions={actions} />
            ))}
          </ul>
        </Card>
      ) : null}
    </div>
  );
}
