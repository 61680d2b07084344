export { DashboardLoading as default } from "@mgs/shell/loading";
