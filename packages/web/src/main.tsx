import "./styles.css";
import { render } from "solid-js/web";
import { loadEntry } from "./access/entry/access-gate.tsx";
import { createApi } from "./api/client.ts";
import { App, loadPageAt, loadPages } from "./app.tsx";
import { firstLanguage, showLanguage } from "./i18n/i18n.ts";
import { createSession } from "./session/create-session.ts";
import { keptToken } from "./session/kept-token.ts";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");

// zod would test for `eval`, which the content security policy refuses and reports.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
const session = createSession((asked) => createApi(window.location.origin, asked), keptToken);
/** Loads everything the first view needs before it is shown, so that nothing flickers. */
const begin = async () => {
  await session.ask();
  const me = session.me();
  await (me ? loadPageAt(window.location.pathname, me.role) : loadEntry(session.phase()));
};
await Promise.all([showLanguage(firstLanguage()), begin()]);
document.getElementById("loading")?.remove();
render(() => <App session={session} />, root);
void loadPages();
