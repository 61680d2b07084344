import { mount } from "@mgs/shell/server/mount";
import { composition } from "../../../../composition";
import { createSignInRoute } from "../../../../features/sign-in/sign-in-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(async () =>
  createSignInRoute(await composition()),
);
