# syntax=docker/dockerfile:1
# One image per process: docker build --target commercial -t mgs-commercial .
# compose.yaml builds and runs them all; docs/guide/install.md says how.

# The version of pnpm-workspace.yaml's catalog.
ARG NODE_VERSION=26.10.0

FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /src
ENV CI=true \
    NEXT_TELEMETRY_DISABLED=1 \
    TURBO_TELEMETRY_DISABLED=1 \
    DO_NOT_TRACK=1 \
    CHECKPOINT_DISABLE=1 \
    PRISMA_HIDE_UPDATE_MESSAGE=1 \
    PRISMA_SKIP_POSTINSTALL_GENERATE=1 \
    # Any executable file: Prisma only checks that one is there, nothing here uses it.
    PRISMA_SCHEMA_ENGINE_BINARY=/bin/true \
    MGS_STANDALONE=1 \
    # turbo asks for the package manager by its name: the pinned pnpm is among the packages.
    PATH=/src/node_modules/.bin:$PATH
# Packages come from the lock file alone: this layer stays until that changes.
COPY pnpm-lock.yaml pnpm-workspace.yaml package.json ./
RUN npx --yes "$(node -p "require('./package.json').packageManager")" fetch
COPY . .
RUN npx --yes "$(node -p "require('./package.json').packageManager")" install --frozen-lockfile --offline \
    && turbo run build \
    && for target in administration commercial gestion-dossier worker realtime-server tools; do \
         node --import tsx tooling/src/stage-image.ts "$target" "/image/$target" || exit 1; \
       done

FROM node:${NODE_VERSION}-bookworm-slim AS runtime
# The folder of the documents, for the volume that is mounted there.
RUN useradd --system --uid 10001 --home-dir /tmp mgs \
    && install --directory --owner=mgs --mode=0700 /var/lib/mgs/documents
WORKDIR /app
ENV NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    HOME=/tmp \
    # Docker sets HOSTNAME to the container's name; Next listens where it says.
    HOSTNAME=0.0.0.0
USER mgs

# The command line: migrations, people, clients. It is run now and then.
FROM runtime AS tools
ENTRYPOINT ["node", "--enable-source-maps"]
CMD ["mgs.mjs", "--help"]
COPY --from=build /image/tools ./

FROM runtime AS process
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HEALTH_PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "start.mjs"]

FROM process AS administration
ENV PORT=3000 HEALTH_PORT=3000
EXPOSE 3000
COPY --from=build /image/administration ./

FROM process AS commercial
ENV PORT=3001 HEALTH_PORT=3001
EXPOSE 3001
COPY --from=build /image/commercial ./

FROM process AS gestion-dossier
ENV PORT=3002 HEALTH_PORT=3002
EXPOSE 3002
COPY --from=build /image/gestion-dossier ./

FROM process AS worker
ENV WORKER_PORT=3009 HEALTH_PORT=3009
EXPOSE 3009
COPY --from=build /image/worker ./

FROM process AS realtime-server
ENV REALTIME_PORT=6001 HEALTH_PORT=6001
EXPOSE 6001
COPY --from=build /image/realtime-server ./
