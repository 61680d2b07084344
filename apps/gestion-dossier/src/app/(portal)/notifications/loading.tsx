export { InboxLoading as default } from "@mgs/shell/inbox/inbox-loading";
