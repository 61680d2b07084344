import { mount } from "@mgs/portal/mount";
import { base } from "../../../composition";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(() => base().api.health.live);
