import { createClaim } from "@mgs/jobs/outbox.repository";
import { DELIVERY_READING, type DeliveryRow } from "@mgs/notifications/notifications.repository";

/** Takes an outbox row with the notification that it delivers, if it does, in one round trip. */
export const claimWithNotification = createClaim<DeliveryRow>({ name: "claim-deliveries", ...DELIVERY_READING });
