import { expect, test } from "vitest";
import { asksByProxy } from "./asks-by-proxy.ts";

const URL = "http://proxy:3128";

test.each<[object, boolean]>([
  [{}, false],
  [{ proxy: { proxyUrl: URL } }, true],
  [{ proxy: { proxyUrl: URL, enabled: false } }, false],
  [{ proxy: { proxyUrl: "" } }, false],
  [{ proxy: null, env: [] }, false],
  [{ env: { HTTPS_PROXY: URL } }, true],
  [{ env: { vars: { http_proxy: URL } } }, true],
  [{ env: { vars: { NO_PROXY: "*", MY_HTTP_PROXY_NAME: "x" } } }, false],
  [{ models: { providers: { custom: { request: { proxy: { mode: "env-proxy" } } } } } }, true],
  [{ models: { providers: { custom: { baseUrl: URL }, other: null } } }, false],
])("%o asks by way of a proxy: %s", (config, isSo) => {
  expect(asksByProxy({ ...config })).toBe(isSo);
});
