export { ConsoleLoading as default } from "../../../../features/console/console-loading";
