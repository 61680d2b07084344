import { nextSettings } from "@mgs/portal/next-settings";

export default nextSettings();
