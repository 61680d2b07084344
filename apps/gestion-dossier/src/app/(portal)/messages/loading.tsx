export { MessagesLoading as default } from "@mgs/shell/messages/messages-loading";
