/** A plain HTTP request to the Docker Engine; the scripts need no Docker client. */
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import path from "node:path";
import { dockerHost } from "./docker-host.mjs";

function certificates(env) {
  if (!env.DOCKER_CERT_PATH) return {};
  const read = (name) => readFileSync(path.join(env.DOCKER_CERT_PATH, name));
  return { ca: read("ca.pem"), cert: read("cert.pem"), key: read("key.pem") };
}

/**
 * `body`: sent as JSON. → {status, body}; rejects with the socket's error (ENOENT, ECONNREFUSED,
 * EACCES, ETIMEDOUT…).
 */
export function dockerRequest(
  method,
  requestPath,
  { env = process.env, timeoutMs = 5000, body: sent } = {},
) {
  const json = sent === undefined ? undefined : JSON.stringify(sent);
  const where = dockerHost(env);
  if (where.unsupported) {
    return Promise.reject(
      Object.assign(new Error(`cannot ask ${where.unsupported}`), { code: "EPROTONOSUPPORT" }),
    );
  }
  const client = where.tls ? https : http;
  const tls = where.tls ? certificates(env) : {};
  return new Promise((resolve, reject) => {
    const request = client.request({
      ...(where.socketPath
        ? { socketPath: where.socketPath }
        : { host: where.host, port: where.port }),
      ...tls,
      method,
      path: requestPath,
      headers: { Host: "docker", ...(json && { "Content-Type": "application/json" }) },
      agent: false,
      timeout: timeoutMs,
    });
    request.on("timeout", () =>
      request.destroy(
        Object.assign(new Error("Docker does not answer in time"), { code: "ETIMEDOUT" }),
      ),
    );
    request.on("error", reject);
    request.on("response", (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        body += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode, body }));
      response.on("error", reject);
    });
    request.end(json);
  });
}

/** undefined when the engine answers, else the reason's code. */
export async function dockerProblem(options) {
  try {
    const { status } = await dockerRequest("GET", "/_ping", options);
    return status === 200 ? undefined : `HTTP ${status}`;
  } catch (error) {
    return error.code ?? error.message;
  }
}
