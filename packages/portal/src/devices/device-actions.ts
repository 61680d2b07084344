import { endDevice } from "@mgs/identity/devices/end-device";
import { endOtherDevices } from "@mgs/identity/devices/end-other-devices";
import { removeDevice } from "@mgs/identity/devices/remove-device";
import type { SessionEndDeps } from "@mgs/identity/sessions/end-session";
import type { ActionContext } from "../run-action";
import { deviceTexts } from "./device-texts";

/** What the server actions of all portals do with devices; each returns the text of its success. */

export async function endDeviceFor(
  deps: SessionEndDeps,
  { actor, locale }: ActionContext,
  userSessionId: string,
): Promise<string> {
  const { ended } = await endDevice(deps, actor, { userSessionId: String(userSessionId) });
  return deviceTexts(locale).t(ended ? "endedDone" : "endedBefore");
}

export async function removeDeviceFor(
  deps: SessionEndDeps,
  { actor, locale }: ActionContext,
  userSessionId: string,
): Promise<string> {
  await removeDevice(deps, actor, { userSessionId: String(userSessionId) });
  return deviceTexts(locale).t("removedDone");
}

/** @param userId the person whose devices end: the caller, or for an administrator another one */
export async function endOtherDevicesFor(
  deps: SessionEndDeps,
  { actor, locale }: ActionContext,
  userId: number,
): Promise<string> {
  const { ended } = await endOtherDevices(deps, actor, { userId });
  return deviceTexts(locale).t("othersDone", { count: ended });
}
