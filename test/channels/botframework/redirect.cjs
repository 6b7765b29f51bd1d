/**
 * Leads what is said to Microsoft over TLS to a server on loopback, in the clear, with the name that was
 * meant as Host; to any other name nothing is said. `MICROSOFT_PORT` does so in a whole program, loaded
 * with `--require`.
 */
const http = require('node:http');
const https = require('node:https');

const MICROSOFT =
  /(?:^|\.)(?:microsoftonline\.com|botframework\.com|trafficmanager\.net|sharepoint\.com)$/;

function redirect(portOf) {
  const before = { request: https.request, fetch: globalThis.fetch };
  const portFor = (hostname) => {
    if (MICROSOFT.test(hostname)) return portOf();
    throw new Error(`Nothing is said to ${hostname} in a test.`);
  };
  // Both libraries that use it name all in one object.
  https.request = ({ hostname, host, ...options }, callback) => {
    const name = hostname ?? host;
    return http.request(
      {
        ...options,
        // Theirs speak TLS.
        agent: http.globalAgent,
        protocol: 'http:',
        hostname: '127.0.0.1',
        port: portFor(name),
        headers: { ...options.headers, host: name },
      },
      callback,
    );
  };
  globalThis.fetch = (input, init = {}) => {
    const url = new URL(input);
    if (url.protocol !== 'https:') return before.fetch(input, init);
    const there = `http://127.0.0.1:${portFor(url.hostname)}${url.pathname}${url.search}`;
    // Fetch sets Host itself.
    const headers = new Headers(init.headers);
    headers.set('x-forwarded-host', url.hostname);
    return before.fetch(there, { ...init, headers });
  };
  return () => {
    https.request = before.request;
    globalThis.fetch = before.fetch;
  };
}

module.exports = { redirect };
if (process.env.MICROSOFT_PORT) redirect(() => Number(process.env.MICROSOFT_PORT));
