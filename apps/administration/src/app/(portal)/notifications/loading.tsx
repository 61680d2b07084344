export { InboxLoading as default } from "@mgs/shell/loading";
