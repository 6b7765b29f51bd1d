FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No install script is needed: what is native comes prebuilt inside its package.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY types types
COPY src src
COPY flows flows
COPY locales locales
RUN node scripts/build.mjs
RUN npm prune --omit=dev --ignore-scripts
RUN mkdir data

FROM node:24-bookworm-slim
ENV NODE_ENV=production
# PUBLIC_URL is what browsers use: set it to the real address when the port is published elsewhere.
ENV HOST=0.0.0.0 PUBLIC_URL=http://localhost:3000 DATA_DIR=/data
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY flows flows
COPY locales locales
# A volume takes over the owner of the folder it is laid over.
COPY --from=build --chown=node:node /app/data /data
VOLUME /data
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/main.js"]
