import { mount } from "@mgs/shell/server/mount";
import { composition } from "../../../composition";
import { startSignIn } from "../../../features/sign-in/start-sign-in";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(async () =>
  (await composition()).api.tools.publicRoute({ GET: ({ request }) => startSignIn(request) }),
);
