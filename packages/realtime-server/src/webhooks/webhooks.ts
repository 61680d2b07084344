import type { App, WebhookKind } from "../apps";

/** A webhook event (documentation: "Webhooks", event formats); the field names are those of the JSON. */
export type WebhookEvent = {
  name: WebhookKind;
  channel: string;
  user_id?: string;
  event?: string;
  data?: string;
  socket_id?: string;
  subscription_count?: number;
};

/** Sends events to the webhook addresses of an app. */
export type Webhooks = {
  /** Never waits and never throws. */
  raise(app: App, event: WebhookEvent): void;
  /** Sends queued events, for `timeoutMs` at most. */
  stop(timeoutMs: number): Promise<void>;
};
