import { nextSettings } from "@mgs/shell/server/next-settings";

export default nextSettings();
