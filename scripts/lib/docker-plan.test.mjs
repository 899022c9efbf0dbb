import assert from "node:assert/strict";
import test from "node:test";
import { ADVICE_NAMES, dockerAdvice } from "./docker-advice.mjs";
import { distributions, isDebian, planDocker } from "./docker-plan.mjs";

const fresh = {
  problem: "ENOENT",
  platform: "linux",
  root: true,
  osRelease: 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n',
  mayInstall: true,
  hostSet: false,
  hasDockerd: false,
  systemd: true,
};
const plan = (facts) => planDocker({ ...fresh, ...facts });
const advice = (facts) => plan(facts).advice;

test("an engine that answers is left alone", () => {
  assert.deepEqual(plan({ problem: undefined }), { action: "none" });
});

test("root on Debian: install when there is no dockerd, then start the way this machine starts services", () => {
  assert.deepEqual(plan({}), { action: "set-up", install: true, via: "systemd" });
  assert.deepEqual(plan({ hasDockerd: true, systemd: false, problem: "ECONNREFUSED" }), {
    action: "set-up",
    install: false,
    via: "spawn",
  });
});

test("Ubuntu and its children count as Debian, Fedora does not", () => {
  assert.ok(isDebian("ID=ubuntu\nID_LIKE=debian\n"));
  assert.ok(isDebian('ID=linuxmint\nID_LIKE="ubuntu debian"\n'));
  assert.ok(!isDebian('ID=fedora\nVERSION_ID="43"\n'));
  assert.ok(!isDebian(""));
  assert.deepEqual(distributions('ID="alpine"\n'), ["alpine"]);
});

test("anywhere else only advice", () => {
  assert.equal(advice({ mayInstall: false }), "install-debian");
  assert.equal(advice({ root: false }), "install-debian");
  assert.equal(advice({ root: false, hasDockerd: true }), "start-service");
  assert.equal(advice({ osRelease: "ID=fedora\n" }), "install");
  assert.equal(advice({ root: false, problem: "EACCES" }), "permission");
  assert.equal(advice({ hostSet: true }), "check-host");
  assert.equal(advice({ platform: "win32" }), "docker-desktop");
  assert.equal(advice({ platform: "darwin" }), "docker-desktop");
});

test("each advice is one sentence in both languages", () => {
  for (const name of ADVICE_NAMES) {
    const english = dockerAdvice(name, { host: "tcp://h", problem: "ENOENT" }, { LANG: "C" });
    assert.match(english, /^Docker|^There/);
    assert.ok(!english.includes("{"));
    assert.match(dockerAdvice(name, {}, { LANG: "zh_CN.UTF-8" }), /[\u4e00-\u9fff]/);
  }
});
