import "./styles.css";
import { render } from "solid-js/web";
import { createApi } from "./api/client.ts";
import { App, loadPageAt } from "./app.tsx";
import { firstLanguage, showLanguage } from "./i18n/i18n.ts";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");

await Promise.all([showLanguage(firstLanguage()), loadPageAt(window.location.pathname)]);
render(() => <App api={createApi(window.location.origin)} />, root);
