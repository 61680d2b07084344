import type { Locale } from "@mgs/core/locale";
import { messagesFor } from "@mgs/i18n/catalogue";
import type { Devices } from "@mgs/identity/devices/list-devices";
import { ActionButton } from "@mgs/shell/actions/action-button";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { DeviceCards } from "./device-cards";
import type { DeviceActions } from "./device-item";
import { deviceTexts } from "./device-texts";

type DevicesPageProps = {
  devices: Devices;
  locale: Locale;
  actions: DeviceActions & { endOthers: () => Promise<ActionResult> };
};

/** `/profil/appareils`: the devices on which the person is signed in, and those on which they were. */
export function DevicesPage({ devices, locale, actions }: DevicesPageProps) {
  const { t } = deviceTexts(locale);
  const others = devices.live.filter(({ isCurrent }) => !isCurrent).length;
  return (
    <div className="max-w-3xl">
      <PageHeader
        title={t("title")}
        intro={t("intro")}
        actions={
          others > 0 ? (
            <ActionButton
              variant="danger"
              action={actions.endOthers}
              confirm={{
                title: t("confirm.othersTitle"),
                text: t("confirm.othersText", { count: others }),
                submit: t("endOthers"),
                cancel: t("confirm.cancel"),
                close: messagesFor(locale).shell.close,
                danger: true,
              }}
            >
              {t("endOthers")}
            </ActionButton>
          ) : null
        }
      />
      <DeviceCards devices={devices} locale={locale} actions={actions} />
    </div>
  );
}
