import type { Plugin } from "vite";

const ONLY_SHADOW_ROOTS = "!root.head && root.adoptedStyleSheets && win.CSSStyleSheet";

/**
 * CodeMirror writes its styles into a `<style>`, which the content security policy refuses; only in
 * a shadow root it adopts a style sheet. This makes it adopt one in the page as well. A version
 * of style-mod that does not have the condition fails the build rather than the policy.
 */
export function adoptEditorStyles(): Plugin {
  return {
    name: "adopt-editor-styles",
    apply: "build",
    transform: {
      filter: { id: /[\\/]style-mod[\\/]src[\\/]style-mod\.js$/ },
      handler(code) {
        if (!code.includes(ONLY_SHADOW_ROOTS))
          this.error("style-mod has changed: see how it can be made to adopt its style sheet.");
        return { code: code.replace(ONLY_SHADOW_ROOTS, "root.adoptedStyleSheets"), map: null };
      },
    },
  };
}
