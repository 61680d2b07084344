export { FormLoading as default } from "@mgs/shell/loading";
