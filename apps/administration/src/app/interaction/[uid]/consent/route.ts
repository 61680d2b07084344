import { mount } from "@mgs/portal/mount";
import { composition } from "../../../../composition";
import { createConsentRoute } from "../../../../features/sign-in/consent-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(async () =>
  createConsentRoute(await composition()),
);
