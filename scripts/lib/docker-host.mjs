/** The address of the Docker Engine: DOCKER_HOST, or the platform's default. */

/**
 * → {socketPath} for unix:// and npipe://, {host, port, tls} for tcp://, http:// and https://,
 * {unsupported} for what these scripts cannot connect to (ssh://).
 */
export function dockerHost(env = process.env, platform = process.platform) {
  const value = env.DOCKER_HOST;
  if (!value) {
    return { socketPath: platform === "win32" ? "//./pipe/docker_engine" : "/var/run/docker.sock" };
  }
  const local = /^(?:unix|npipe):\/\/(.+)$/.exec(value);
  if (local) return { socketPath: local[1].replaceAll("\\", "/") };
  if (/^(?:tcp|https?):\/\//.test(value)) {
    const url = new URL(value.replace(/^tcp:/, "http:"));
    const tls = url.protocol === "https:" || Boolean(env.DOCKER_TLS_VERIFY);
    const port = Number(url.port) || (tls ? 2376 : 2375);
    return { host: url.hostname.replace(/^\[|\]$/g, ""), port, tls };
  }
  return { unsupported: value };
}
