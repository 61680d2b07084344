import { mount } from "@mgs/portal/mount";
import { composition } from "../../../../composition";
import { createSignInRoute } from "../../../../features/sign-in/sign-in-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(async () =>
  createSignInRoute(await composition()),
);
