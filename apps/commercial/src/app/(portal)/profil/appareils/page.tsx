import { listDevices } from "@mgs/identity/devices/list-devices";
import { DevicesPage } from "@mgs/portal/devices/devices-page";
import { pageTitle } from "@mgs/portal/page-title";
import { currentSession, portal, requireSession } from "../../../../portal";
import { end, endOthers, remove } from "./devices.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.devices.title);

export default async function Page() {
  const session = await requireSession();
  const { id: userId, locale } = session.user;
  const devices = await listDevices(portal.runtime(), portal.actorOf(session), { userId, locale });
  return <DevicesPage devices={devices} locale={locale} actions={{ end, remove, endOthers }} />;
}
