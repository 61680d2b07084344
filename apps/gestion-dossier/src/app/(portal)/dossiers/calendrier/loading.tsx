export { ListLoading as default } from "@mgs/shell/loading";
