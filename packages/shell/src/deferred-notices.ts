/** Notices that few pages need, loaded together with the first one that does: one address in the script of every page. */
export { OutboxNotice } from "./outbox/outbox-notice";
export { SessionEndNotice } from "./session/session-end-notice";
