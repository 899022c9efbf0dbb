// Sees to it that a page whose scripts do not come is not left empty: says so, finds out why, and
// loads it again once they can be had. Plain, and apart from the page's own scripts, as those are
// what may be missing. `#loading` is in the document until the page has started.
(() => {
  const RELOADED_AT = "claw.reloaded-at";
  const RELOAD_EVERY_MS = 30_000;
  const AGAIN_MS = 2000;
  let isAtIt = false;

  const waiting = () => document.getElementById("loading");
  const pause = () => new Promise((resolve) => setTimeout(resolve, AGAIN_MS));

  function isFailure(event) {
    const { target } = event;
    const isLink = target instanceof HTMLLinkElement && target.rel !== "icon";
    const isPart = isLink || target instanceof HTMLScriptElement;
    return isPart || event instanceof ErrorEvent || event.type === "unhandledrejection";
  }

  /** The panel refuses what comes from another page than its own, and then says what to do. */
  async function refusal() {
    const headers = { "content-type": "application/json" };
    const answer = await fetch("/healthz", { method: "POST", headers });
    return answer.status === 403 ? (await answer.json()).error.message : null;
  }

  /** Asked for as it is now: after an upgrade the page has other parts. */
  async function canBeHad() {
    const now = await fetch(location.href, { cache: "reload" });
    if (!now.ok) return false;
    const page = new DOMParser().parseFromString(await now.text(), "text/html");
    const parts = page.querySelectorAll(
      "script[src], link:is([rel=modulepreload], [rel=stylesheet])",
    );
    const addresses = [...parts].map(
      (part) => part.getAttribute("src") ?? part.getAttribute("href"),
    );
    const asked = addresses.map(async (address) => (await fetch(address, { cache: "reload" })).ok);
    return (await Promise.all(asked)).every(Boolean);
  }

  /** A page that fails for another reason must not load itself for ever. */
  function mayReload() {
    try {
      const now = Date.now();
      if (now - Number(sessionStorage.getItem(RELOADED_AT) ?? 0) < RELOAD_EVERY_MS) return false;
      sessionStorage.setItem(RELOADED_AT, String(now));
      return true;
    } catch {
      return false;
    }
  }

  async function recover() {
    for (; waiting(); await pause()) {
      try {
        const why = await refusal();
        if (why !== null) {
          document.getElementById("loading-why").textContent = why;
          return;
        }
        if (!(await canBeHad())) continue;
      } catch {
        // The panel is away. It is asked again.
        continue;
      }
      if (mayReload()) return location.reload();
    }
  }

  function failed(event) {
    if (!isFailure(event) || !waiting() || isAtIt) return;
    isAtIt = true;
    waiting().classList.add("lost");
    void recover();
  }

  addEventListener("error", failed, true);
  addEventListener("unhandledrejection", failed);
  addEventListener("DOMContentLoaded", () => {
    document.getElementById("loading-again")?.addEventListener("click", () => location.reload());
  });
})();
