"use server";

import { endDeviceFor, endOtherDevicesFor, removeDeviceFor } from "@mgs/portal/devices/device-actions";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { portal } from "../../../../portal";

export async function end(userSessionId: string): Promise<ActionResult> {
  return portal.runAction((context) => endDeviceFor(portal.runtime(), context, userSessionId));
}

export async function remove(userSessionId: string): Promise<ActionResult> {
  return portal.runAction((context) => removeDeviceFor(portal.runtime(), context, userSessionId));
}

export async function endOthers(): Promise<ActionResult> {
  return portal.runAction((context) => endOtherDevicesFor(portal.runtime(), context, context.actor.userId));
}
