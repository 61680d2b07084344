import type { App, WebhookKind } from "../apps";

/** What a webhook tells of one change (documentation: "Webhooks", event formats); the field names are the wire's. */
export type WebhookEvent = {
  name: WebhookKind;
  channel: string;
  user_id?: string;
  event?: string;
  data?: string;
  socket_id?: string;
  subscription_count?: number;
};

/** Tells the addresses of an app what happened. */
export type Webhooks = {
  /** Never waits and never throws. */
  raise(app: App, event: WebhookEvent): void;
  /** Sends what is still to send, as long as `timeoutMs` allows. */
  stop(timeoutMs: number): Promise<void>;
};
