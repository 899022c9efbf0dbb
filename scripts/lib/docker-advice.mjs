/**
 * One sentence for each reason why there is no Docker Engine and these scripts may not or cannot
 * change it.
 */
import { text } from "./words.mjs";

const ADVICE = {
  "check-host": [
    "Docker does not answer at DOCKER_HOST={host} ({problem}); start it there or unset DOCKER_HOST.",
    "DOCKER_HOST={host} 上的 Docker 没有响应（{problem}）；请在那里启动它，或取消设置 DOCKER_HOST。",
  ],
  "docker-desktop": [
    "Docker does not answer: start Docker Desktop, or install it from https://www.docker.com/products/docker-desktop/.",
    "Docker 没有响应：请启动 Docker Desktop；如未安装，请从 https://www.docker.com/products/docker-desktop/ 下载安装。",
  ],
  permission: [
    "Docker runs, but this user may not use it (permission denied): run `sudo usermod -aG docker $USER` and log in again.",
    "Docker 正在运行，但当前用户没有权限：请运行 `sudo usermod -aG docker $USER` 后重新登录。",
  ],
  "start-service": [
    "Docker is installed but does not run: start it with `sudo systemctl start docker`.",
    "Docker 已安装但没有运行：请用 `sudo systemctl start docker` 启动。",
  ],
  "install-debian": [
    "There is no Docker: run `sudo apt-get install docker.io`, then `sudo usermod -aG docker $USER` and log in again.",
    "没有安装 Docker：请运行 `sudo apt-get install docker.io`，再运行 `sudo usermod -aG docker $USER` 并重新登录。",
  ],
  install: [
    "There is no Docker: install Docker Engine as https://docs.docker.com/engine/install/ says, then `sudo systemctl start docker`.",
    "没有安装 Docker：请按 https://docs.docker.com/engine/install/ 安装 Docker Engine，然后运行 `sudo systemctl start docker`。",
  ],
};

export const ADVICE_NAMES = Object.keys(ADVICE);

export function dockerAdvice(name, { host = "", problem = "" } = {}, env = process.env) {
  const [en, zh] = ADVICE[name];
  return text(en, zh, env).replace("{host}", host).replace("{problem}", problem);
}
