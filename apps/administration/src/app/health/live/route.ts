import { mount } from "@mgs/shell/server/mount";
import { base } from "../../../composition";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(() => base().api.health.live);
