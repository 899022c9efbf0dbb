import type { zhNetwork } from "./zh-network.ts";

export const enNetwork: Readonly<Record<keyof typeof zhNetwork, string>> = {
  "network.settings": "Settings",
  "network.settings.text":
    "Environment variables set the listening address, its port and certificate files, and the panel reads them when it starts. All else can be changed here; the environment overrides it.",
  "network.change": "Change…",
  "network.change.title": "Change the network settings",
  "network.change.text":
    "Takes effect at once, unless TLS begins or ends. With another domain or port, {count} {count|instance gets a new address|instances get new addresses}, and open Control UIs are cut; open them from the panel again.",
  "network.change.none": "Takes effect at once, unless TLS begins or ends.",
  "network.change.authority":
    "The panel's authority is for its present names. Another name or domain brings a new authority, which everybody has to import, also this browser; they remove the former.",
  "network.change.hint": "Empty: the default. {variable} overrides it",
  "network.saved": "Network settings saved",
  "network.saved.waits": "Saved; takes effect when the panel restarts",
  "network.saved.waits.why":
    "A running panel cannot turn TLS on or off. Until the restart nothing changes; then the panel is at {panel}.",
  "network.saved.contradicts": "The saved settings are not in use",
  "network.saved.contradicts.why":
    "They contradict the environment variables of today, or the panel has no certificate for them. Change them or the variables. {message}",
  "network.panel": "Address of the panel",
  "network.instances": "Addresses of instances",
  "network.host": "Listens at",
  "network.port": "Port",
  "network.names": "Names of the panel",
  "network.domain": "Domain of instances",
  "network.proxies": "Trusted proxies",
  "network.publicPort": "Port of the proxy",
  "network.from.environment": "set by {variable}",
  "network.from.saved": "set here; {variable} overrides it",
  "network.from.default": "default; {variable} changes it",

  "network.ways": "How colleagues reach instances",
  "network.way.current": "In use",
  "network.way.machine": "On the panel's machine",
  "network.way.machine.asks":
    "Nothing to set up. From another machine, forward the port by ssh -L, under the same number.",
  "network.way.network": "On the network, at names below internal",
  "network.way.network.asks":
    "Each machine must resolve the names of panel and instances (DNS, or lines in its hosts file), and import the panel's authority once.",
  "network.way.domain": "Below a domain of your own",
  "network.way.domain.asks":
    "DNS and certificate need a wildcard. With a certificate of a public authority, the machines of colleagues need nothing. Prefer a domain other than the panel's: an instance can set cookies for its whole domain.",
  "network.way.proxy": "Behind a reverse proxy",
  "network.way.proxy.asks":
    "Asks the same of colleagues' machines as a domain of your own; the proxy has the certificate. It must pass on Host with the port, let WebSockets through, and not cap uploads.",
  "network.way.link": "By a link with a token",
  "network.way.link.asks":
    "Links open on the panel's machine only, and leave the token in the browser. For OpenClaw's own apps, nodes and command line.",

  "network.test": "Test from this browser",
  "network.test.text":
    "Asks the panel under a name that stands for all instances: names, certificate and WebSockets.",
  "network.test.run": "Test",
  "network.test.plainPage":
    "This page came without TLS, so passwords can be intercepted. Use {panel} instead.",
  "network.test.reached": "Names of instances lead to this panel.",
  "network.test.reachedSecurely": "Names of instances lead to this panel, over HTTPS.",
  "network.test.misnamed":
    "The name leads to this panel, but a proxy changes it: {host} arrives as {said}. Have the proxy pass on the browser's Host with its port (nginx: proxy_set_header Host $http_host;).",
  "network.test.unsecured":
    "The request came over HTTPS, but the panel does not know that. Have the proxy send X-Forwarded-Proto, and add its address to CLAW_TRUSTED_PROXIES.",
  "network.test.untrusted":
    "{host} leads to this panel, but this browser does not trust its certificate. Import the authority on this machine.",
  "network.test.unreached":
    "This browser does not reach {host}. Either the name does not lead to the panel's machine (check DNS; with a hosts file, the test needs a line for this name too), or the browser does not trust the certificate. Open it in a new tab: the browser says which.",
  "network.test.unreachedLocally":
    "This browser does not reach {host}. If it is not on the panel's machine, forward the port under the same number: ssh -L {port}:localhost:{port}.",
  "network.domain.missing":
    "A proxy is declared, and instances have names below localhost, which lead to each colleague's own machine. Choose a domain of instances and a name of the panel: Change…",
  "network.test.unreachedByProxy":
    "This browser does not reach {host}: names below localhost lead to its own machine, past the proxy. Choose a domain of instances.",
  "network.test.look": "Open in a new tab",
  "network.test.socket": "WebSockets get through.",
  "network.test.noSocket":
    "The WebSocket is not let through. Have the proxy forward the upgrade (nginx: proxy_set_header Upgrade $http_upgrade;).",

  "network.certificate": "Certificate",
  "network.certificate.none":
    "The panel serves plain HTTP. That is enough on this machine, and behind a proxy that adds TLS.",
  "network.certificate.file": "File",
  "network.certificate.expires": "Expires",
  "network.certificate.uncovered": "The certificate lacks the names of instances",
  "network.certificate.uncovered.fix":
    "Browsers warn of each instance. Use a certificate that has *.{domain}; a changed file needs no restart.",
  "network.authority": "Certificate authority of this panel",
  "network.authority.text":
    "Browsers warn about this panel and its instances until their machine trusts this authority. Download the certificate there, compare the fingerprint, and import it. It is valid for the names of this panel and its instances alone.",
  "network.authority.download": "Download certificate",
  "network.authority.fingerprint": "Fingerprint (SHA-256)",
  "network.authority.copyFingerprint": "Copy fingerprint",
  "network.authority.expires": "Expires",
  "network.authority.windows": "Windows (PowerShell)",
  "network.authority.macos": "macOS",
  "network.authority.chromium": "Linux: Chromium and Chrome",
  "network.authority.debian": "Linux: other programs, on Debian",
  "network.authority.firefox":
    "Firefox: Settings, Privacy & Security, View Certificates, Authorities, Import; its dialog shows the fingerprint. From its manual, not tried.",
  "network.authority.untried": "From its manual, not tried",
  "network.authority.copyShow": "Copy the command for {system} that shows the fingerprint",
  "network.authority.copyCommand": "Copy the command for {system} that imports",
};
